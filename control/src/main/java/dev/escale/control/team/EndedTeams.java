package dev.escale.control.team;

import dev.escale.control.db.Recurring;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    private final TeamEnd end;
    private final Recurring rounds;

    EndedTeams(TeamEnd end, Clock clock) {
        this.end = end;
        this.rounds = new Recurring("emptying ended teams", LOG, () -> look(clock.instant()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        rounds.every(ROUND);
    }

    @PreDestroy
    void stop() {
        rounds.close();
    }

    /** Those that are over by then. */
    public void look(Instant now) {
        end.look(now);
    }
}
