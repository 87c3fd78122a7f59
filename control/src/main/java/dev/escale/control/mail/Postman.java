package dev.escale.control.mail;

import dev.escale.control.db.Recurring;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Hands letters over, outside every transaction, one after the other. What a server does not take
 * now is tried again, less and less often for most of a day, and then given up.
 */
public final class Postman implements AutoCloseable {
    /** Pauses after each attempt; with the last of them it has failed. */
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(3),
                    Duration.ofHours(12));

    /** Why a letter is not sent whose text does not open. */
    static final String UNREADABLE = "unreadable";

    /** Why one is not that was to be sent when there was still a mail server. */
    static final String NO_SERVER = "noServer";

    /** Longer than what letters are about is open. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private final Recurring rounds;
    private final Recurring tidying;
    private final Letters letters;
    private final Outgoing outgoing;
    private final @Nullable MailLine line;
    private final TeamLookup teams;
    private final Events events;
    private final Clock clock;

    /**
     * @param line null when no mail server is set: letters from before are given up, as their links
     *     are shown from then on
     */
    Postman(
            Letters letters,
            Outgoing outgoing,
            @Nullable MailLine line,
            TeamLookup teams,
            Events events,
            Clock clock) {
        this.letters = letters;
        this.outgoing = outgoing;
        this.line = line;
        this.teams = teams;
        this.events = events;
        this.clock = clock;
        this.rounds = new Recurring("looking for letters", LOG, () -> look(clock.instant()));
        this.tidying = new Recurring("forgetting old letters", LOG, this::tidy);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        tidying.soon();
        tidying.every(Duration.ofHours(1));
        if (line == null) {
            return;
        }
        letters.onQueued(rounds::soon);
        rounds.soon();
        rounds.every(ROUND);
    }

    @Override
    public void close() {
        letters.onQueued(() -> {});
        rounds.close();
        tidying.close();
    }

    /** Those that are due by then. */
    public void look(Instant now) {
        MailLine to = line;
        if (to == null) {
            return;
        }
        Round.over(
                teams.all(),
                LOG,
                "looking for letters of a team",
                team ->
                        Round.over(
                                outgoing.due(team, now),
                                LOG,
                                "delivering a letter",
                                due -> deliver(to, team, due)));
    }

    private void deliver(MailLine to, TeamId team, Outgoing.Due due) {
        Instant begun = clock.instant();
        Outgoing.Claimed claimed = outgoing.claim(team, due, begun).orElse(null);
        if (claimed == null) {
            return;
        }
        Delivery delivery =
                claimed.letter()
                        .map(letter -> to.hand(due.id(), letter, begun))
                        .orElseGet(() -> new Delivery.Refused(UNREADABLE));
        switch (delivery) {
            case Delivery.Taken() -> outgoing.sent(team, due, clock.instant());
            case Delivery.Refused(String why) -> failed(team, due, why, null);
            case Delivery.NotNow(String why) -> failed(team, due, why, after(due));
        }
        events.publish(new Event(team, "letters", "tried", due.subject()));
    }

    private @Nullable Instant after(Outgoing.Due due) {
        return due.attempts() < PAUSES.size()
                ? clock.instant().plus(PAUSES.get(due.attempts()))
                : null;
    }

    private void failed(TeamId team, Outgoing.Due due, String why, @Nullable Instant next) {
        LOG.warn("letter={} is not sent, {}: {}", due.id(), next == null ? "given up" : next, why);
        outgoing.notSent(team, due, why, next);
    }

    private void tidy() {
        if (line == null) {
            giveUp();
        }
        forgetOld();
    }

    private void giveUp() {
        Round.over(
                teams.all(),
                LOG,
                "giving up letters of a team",
                team -> outgoing.giveUp(team, NO_SERVER));
    }

    void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        Round.over(
                teams.all(),
                LOG,
                "forgetting old letters of a team",
                team -> outgoing.forgetOld(team, before));
    }
}
