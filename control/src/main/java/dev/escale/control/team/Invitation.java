package dev.escale.control.team;

import dev.escale.control.db.TeamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way into a team that works once.
 *
 * @param email only whoever has this address may accept it; null for whoever has the link
 * @param inviterId the person who made it
 * @param inviter name of who made it
 */
public record Invitation(
        String id,
        TeamId team,
        @Nullable String email,
        List<MemberGrant> grants,
        String inviterId,
        String inviter,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant revokedAt) {
    public Invitation {
        grants = List.copyOf(grants);
    }

    /** What became of it. In lower case the end of a key of words. */
    public enum State {
        OPEN,
        ACCEPTED,
        REVOKED,
        EXPIRED
    }

    /** Code of the refusal of one that is not open any more. */
    static String over(State state) {
        return switch (state) {
            case ACCEPTED -> "invitation.accepted";
            case REVOKED -> "invitation.revoked";
            case EXPIRED -> "invitation.expired";
            case OPEN -> throw new IllegalArgumentException("it is open");
        };
    }

    public State state(Instant now) {
        if (acceptedAt != null) {
            return State.ACCEPTED;
        }
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
    }
}
