package dev.escale.agent.release;

import dev.escale.agent.nginx.NginxRefused;
import dev.escale.agent.pm2.Pm2Process;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks every few seconds whether all that should serve does: a daemon of PM2 that was killed took
 * its apps along, and comes back empty. Apps that die by themselves are PM2's business; that they
 * did is told.
 */
final class Keeper {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** Most apps are well in that time, and the next look finds them so. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration RENEWAL = Duration.ofHours(12);
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

    private final ServingHost host;
    private final AppStates states;
    private final Recovery recovery;
    private final Conditions conditions;
    private final ClosedPorts closedPorts;
    private final InstantSource clock;
    private final Map<String, String> troubles = new HashMap<>();
    private List<AppState> apps = List.of();
    private Set<String> missing = Set.of();
    private Instant renewed;

    Keeper(
            ServingHost host,
            AppStates states,
            Recovery recovery,
            Conditions conditions,
            ClosedPorts closedPorts,
            InstantSource clock) {
        this.host = host;
        this.states = states;
        this.recovery = recovery;
        this.conditions = conditions;
        this.closedPorts = closedPorts;
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

    /** One look around. What is broken in one place keeps nobody from the others. */
    void look() throws InterruptedException {
        attempt("read what apps there are", () -> apps = states.all());
        attempt("bring apps back", this::bringBack);
        // A deployment that ends just now has changed what was read above.
        attempt("tell how apps are", () -> conditions.look(states.all(), host.pm2().list()));
        attempt("keep Nginx running", this::keepNginx);
        attempt("keep ports closed", () -> closedPorts.keep(states.ports()));
        attempt("keep logs short", this::keepLogs);
        attempt("renew certificates", this::renew);
    }

    private interface Duty {
        void run() throws IOException, NginxRefused, InterruptedException;
    }

    /** A trouble that lasts is told once. */
    private void attempt(String what, Duty duty) throws InterruptedException {
        try {
            duty.run();
            troubles.remove(what);
        } catch (NginxRefused | IOException | RuntimeException failure) {
            if (!failure.toString().equals(troubles.put(what, failure.toString()))) {
                LOG.log(System.Logger.Level.ERROR, "cannot " + what, failure);
            }
        }
    }

    private void keepNginx() throws IOException, NginxRefused, InterruptedException {
        if (apps.stream().anyMatch(state -> state.serving() != null)) {
            host.sites().ensureRunning();
        }
    }

    private void keepLogs() throws IOException, InterruptedException {
        new LogBound(host.pm2(), LogBound.DEFAULT, LogBound.KEPT)
                .keep(apps.stream().map(AppState::spec).toList());
    }

    /**
     * The daemon of a systemd unit resurrects its apps by itself: an app counts as gone when it is
     * missing twice, but at once when it was we who started the daemon.
     */
    private void bringBack() throws IOException, InterruptedException {
        if (apps.stream().noneMatch(AppState::runs)) {
            return;
        }
        boolean fresh = host.pm2().ensureRunning();
        List<Pm2Process> processes = host.pm2().list();
        endDoubles(processes);
        Set<String> gone =
                apps.stream()
                        .filter(AppState::runs)
                        .filter(state -> processes.stream().noneMatch(state::servesFrom))
                        .map(state -> state.spec().id())
                        .collect(Collectors.toSet());
        List<String> due = gone.stream().filter(app -> fresh || missing.contains(app)).toList();
        missing = gone;
        bringBack(due);
    }

    /** Side by side; one that takes long to become well does so while others are looked after. */
    private void bringBack(Collection<String> gone) throws InterruptedException {
        List<Thread> threads =
                gone.stream()
                        .map(app -> Thread.ofVirtual().name("back " + app).start(() -> back(app)))
                        .toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private void back(String app) {
        try {
            recovery.bringBack(app);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brought back both by us and by PM2, one of the two finds its port taken, again and again. */
    private void endDoubles(List<Pm2Process> processes) throws IOException, InterruptedException {
        for (Pm2Process process : processes) {
            boolean better =
                    processes.stream()
                            .anyMatch(
                                    other ->
                                            other.id() != process.id()
                                                    && other.app().equals(process.app())
                                                    && other.port() == process.port()
                                                    && other.online()
                                                    && other.restarts() < process.restarts());
            if (better) {
                host.pm2().delete(process, AppProcess.KILL_TIMEOUT);
            }
        }
    }

    private void renew() throws InterruptedException {
        if (clock.instant().isAfter(renewed.plus(RENEWAL))) {
            renewed = clock.instant();
            for (AppState state : apps) {
                recovery.renew(state.spec().id());
            }
        }
    }
}
