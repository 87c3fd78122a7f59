package dev.escale.control.team;

import dev.escale.control.db.Recurring;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamLookup;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells open pages of invitations that have ended because nobody accepted them. */
@Component
class ExpiredInvitations {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredInvitations.class);
    private static final Duration ROUND = Duration.ofSeconds(20);

    private final TeamLookup teams;
    private final OpenInvitations invitations;
    private final TeamFeed feed;
    private final Recurring rounds;
    private Instant seen;

    ExpiredInvitations(TeamLookup teams, OpenInvitations invitations, TeamFeed feed, Clock clock) {
        this.teams = teams;
        this.invitations = invitations;
        this.feed = feed;
        this.seen = clock.instant();
        this.rounds =
                new Recurring("looking for expired invitations", LOG, () -> look(clock.instant()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        rounds.every(ROUND);
    }

    @PreDestroy
    void stop() {
        rounds.close();
    }

    /** Those that have ended since the last look. */
    synchronized void look(Instant now) {
        Round.over(
                teams.all(),
                LOG,
                "looking for expired invitations of a team",
                team -> {
                    if (invitations.anyEnded(team, seen, now)) {
                        feed.changed(team, "expired");
                    }
                });
        seen = now;
    }
}
