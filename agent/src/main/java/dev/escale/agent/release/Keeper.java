package dev.escale.agent.release;

import dev.escale.agent.nginx.NginxRefused;
import dev.escale.agent.pm2.Pm2Process;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks every few seconds whether all that should serve does: a daemon of PM2 that was killed took
 * its apps along, and comes back empty. Apps that die by themselves are PM2's business.
 */
final class Keeper {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration RENEWAL = Duration.ofHours(12);
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

    private final ServingHost host;
    private final AppStates states;
    private final Queue queue;
    private final Recovery recovery;
    private final InstantSource clock;
    private Instant renewed;

    Keeper(
            ServingHost host,
            AppStates states,
            Queue queue,
            Recovery recovery,
            InstantSource clock) {
        this.host = host;
        this.states = states;
        this.queue = queue;
        this.recovery = recovery;
        this.clock = clock;
        this.renewed = clock.instant();
    }

    void start() {
        Thread.ofVirtual().name("keeper").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look around. */
    void look() throws InterruptedException {
        try {
            List<AppState> all = states.all();
            if (all.stream().anyMatch(AppState::runs)) {
                bringBack(all);
            }
            if (all.stream().anyMatch(state -> state.serving() != null)) {
                host.sites().ensureRunning();
            }
            renew(all);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "cannot look after the apps", failure);
        } catch (NginxRefused refused) {
            LOG.log(System.Logger.Level.WARNING, "Nginx is down: {0}", refused.getMessage());
        }
    }

    private void bringBack(List<AppState> all) throws IOException, InterruptedException {
        Set<String> present =
                host.pm2().list().stream().map(Pm2Process::app).collect(Collectors.toSet());
        for (AppState state : all) {
            String app = state.spec().id();
            if (state.runs() && !present.contains(app)) {
                var turn = queue.take(app);
                if (turn.isPresent()) {
                    try (var _ = turn.get()) {
                        LOG.log(System.Logger.Level.WARNING, "{0} is gone; starting it", app);
                        recovery.bringBack(app);
                    }
                }
            }
        }
    }

    private void renew(List<AppState> all) throws InterruptedException {
        if (clock.instant().isAfter(renewed.plus(RENEWAL))) {
            renewed = clock.instant();
            for (AppState state : all) {
                recovery.renew(state.spec().id());
            }
        }
    }
}
