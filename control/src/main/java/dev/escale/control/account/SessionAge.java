package dev.escale.control.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.session.Session;

/** When a session is over by itself: unused for too long, or too old however often it is used. */
final class SessionAge {
    static final Duration IDLE = Duration.ofDays(30);
    static final Duration LIMIT = Duration.ofDays(90);

    /** How exactly it is known when a session was used last. */
    static final Duration NOTED = Duration.ofMinutes(1);

    /** Session attribute: when its person signed in, in milliseconds since 1970 UTC. */
    static final String SINCE = "escale.since";

    private final Clock clock;

    SessionAge(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    boolean isOver(Session session) {
        Instant now = clock.instant();
        boolean unused =
                !session.getLastAccessedTime().plus(session.getMaxInactiveInterval()).isAfter(now);
        return unused
                || session.getAttribute(SINCE) instanceof Long since
                        && !Instant.ofEpochMilli(since).plus(LIMIT).isAfter(now);
    }
}
