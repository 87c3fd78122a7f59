package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.INVITATION;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.springframework.stereotype.Repository;

/** The invitations of a team that could still be accepted, all together. */
@Repository
class OpenInvitations {
    /** Of one team. */
    static final int MOST = 200;

    private final Database database;
    private final Clock clock;

    OpenInvitations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How many could still be accepted. */
    int count(TeamId team) {
        return database.read(team, tx -> tx.fetchCount(INVITATION, of(team, clock.instant())));
    }

    /**
     * @throws ProblemException 409 {@code invitation.tooManyOpen}
     */
    void refuseIfTooMany(TeamId team) {
        if (count(team) >= MOST) {
            Instant now = clock.instant();
            long wait = Duration.between(now, nextEnd(team).orElse(now).plusSeconds(1)).toSeconds();
            throw ProblemException.of(
                    409,
                    "invitation.tooManyOpen",
                    "most",
                    Integer.toString(MOST),
                    "seconds",
                    Long.toString(wait));
        }
    }

    private Optional<Instant> nextEnd(TeamId team) {
        return database.read(
                team,
                tx ->
                        tx.select(INVITATION.EXPIRES_AT)
                                .from(INVITATION)
                                .where(of(team, clock.instant()))
                                .orderBy(INVITATION.EXPIRES_AT)
                                .limit(1)
                                .fetchOptional(INVITATION.EXPIRES_AT));
    }

    /** Whether one that nobody accepted ended by itself then. */
    boolean anyEnded(TeamId team, Instant after, Instant until) {
        return database.read(
                team,
                tx ->
                        tx.fetchExists(
                                INVITATION, of(team, after).and(INVITATION.EXPIRES_AT.le(until))));
    }

    static Condition of(TeamId team, Instant now) {
        return INVITATION
                .TEAM
                .eq(team.value())
                .and(INVITATION.ACCEPTED_AT.isNull())
                .and(INVITATION.REVOKED_AT.isNull())
                .and(INVITATION.EXPIRES_AT.gt(now));
    }
}
