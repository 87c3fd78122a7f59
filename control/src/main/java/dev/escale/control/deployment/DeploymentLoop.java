package dev.escale.control.deployment;

import dev.escale.control.db.Outage;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets the overseer look every few seconds, and at once when a server has come. The queue needs
 * neither for what begins and ends here: that is taken forward where it happens.
 */
@Component
class DeploymentLoop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentLoop.class);
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final Outage outage = new Outage(LOG, "looking over the deployments");
    private final Overseer overseer;
    private final Events events;
    private final TeamLookup teams;
    private final Semaphore doorbell = new Semaphore(1);
    private final List<Events.Subscribed> subscriptions = new ArrayList<>();
    private final Set<TeamId> heard = new HashSet<>();
    private volatile boolean running;

    DeploymentLoop(Overseer overseer, Events events, TeamLookup teams) {
        this.overseer = overseer;
        this.events = events;
        this.teams = teams;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("deployments").start(this::rounds);
    }

    @Override
    public void stop() {
        running = false;
        doorbell.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void rounds() {
        try {
            while (running) {
                boolean rung = doorbell.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                if (rung) {
                    doorbell.drainPermits();
                }
                round();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            subscriptions.forEach(Events.Subscribed::close);
        }
    }

    private void round() {
        if (!running) {
            return;
        }
        try {
            listen();
            overseer.look();
            outage.over();
        } catch (RuntimeException failure) {
            // the next round looks at everything again
            outage.met(failure);
        }
    }

    private void listen() {
        for (TeamId team : teams.all()) {
            if (heard.add(team)) {
                subscriptions.add(events.subscribe(team, "servers"::equals, this::serverChanged));
            }
        }
    }

    private void serverChanged(Event event) {
        if (event.kind().equals("online")) {
            doorbell.release();
        }
    }
}
