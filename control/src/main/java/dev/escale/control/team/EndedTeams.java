package dev.escale.control.team;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Empties deleted teams whose servers have left, and asks again those that could not. */
@Component
public class EndedTeams {
    private static final Logger LOG = LoggerFactory.getLogger(EndedTeams.class);
    private static final Duration ROUND = Duration.ofMinutes(5);

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("ended teams").factory());
    private final TeamEnd end;
    private final Clock clock;

    EndedTeams(TeamEnd end, Clock clock) {
        this.end = end;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(
                () -> look(clock.instant()),
                ROUND.toSeconds(),
                ROUND.toSeconds(),
                TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** Those that are over by then. */
    public void look(Instant now) {
        try {
            end.look(now);
        } catch (RuntimeException failure) {
            LOG.warn("cannot empty deleted teams; trying again", failure);
        }
    }
}
