package dev.escale.control.mail;

import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("postman").factory());
    private final Letters letters;
    private final @Nullable MailLine line;
    private final TeamLookup teams;
    private final Events events;
    private final Clock clock;

    /**
     * @param line null when no mail server is set: letters from before wait for one
     */
    Postman(
            Letters letters,
            @Nullable MailLine line,
            TeamLookup teams,
            Events events,
            Clock clock) {
        this.letters = letters;
        this.line = line;
        this.teams = teams;
        this.events = events;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (line == null) {
            return;
        }
        letters.onQueued(() -> thread.execute(() -> look(clock.instant())));
        thread.scheduleWithFixedDelay(
                () -> look(clock.instant()), 0, ROUND.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        letters.onQueued(() -> {});
        thread.shutdownNow();
    }

    /** Those that are due by then. */
    public void look(Instant now) {
        MailLine to = line;
        if (to == null) {
            return;
        }
        try {
            Round.over(
                    teams.all(),
                    LOG,
                    "looking for letters of a team",
                    team ->
                            Round.over(
                                    letters.due(team, now),
                                    LOG,
                                    "delivering a letter",
                                    due -> deliver(to, team, due, now)));
        } catch (RuntimeException failure) {
            LOG.warn("cannot look for letters; trying again", failure);
        }
    }

    private void deliver(MailLine to, TeamId team, Letters.Due due, Instant now) {
        if (!letters.claim(team, due, now)) {
            return;
        }
        switch (to.hand(due.id(), due.letter(), now)) {
            case Delivery.Taken() -> letters.sent(team, due, now);
            case Delivery.Refused(String why) -> failed(team, due, why, null);
            case Delivery.NotNow(String why) ->
                    failed(
                            team,
                            due,
                            why,
                            due.attempts() < PAUSES.size()
                                    ? now.plus(PAUSES.get(due.attempts()))
                                    : null);
        }
        events.publish(new Event(team, "letters", "tried", due.letter().subject()));
    }

    private void failed(TeamId team, Letters.Due due, String why, @Nullable Instant next) {
        LOG.warn("letter={} is not sent, {}: {}", due.id(), next == null ? "given up" : next, why);
        letters.notSent(team, due, why, next);
    }
}
