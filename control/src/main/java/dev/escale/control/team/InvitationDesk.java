package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The invitation that an operation is about, while it is open. */
@Component
class InvitationDesk {
    private final TeamInvitations invitations;
    private final Clock clock;

    InvitationDesk(TeamInvitations invitations, Clock clock) {
        this.invitations = invitations;
        this.clock = clock;
    }

    /**
     * @throws ProblemException 404 {@code invitation.unknown}
     */
    Invitation find(Actor actor, String id) {
        return invitations
                .find(actor.team(), id)
                .orElseThrow(
                        () -> ProblemException.of(404, "invitation.unknown", "invitation", id));
    }

    /**
     * @throws ProblemException as {@link #find}, and 409 {@code invitation.accepted}, {@code
     *     …revoked} or {@code …expired}
     */
    Invitation open(Actor actor, String id) {
        Invitation found = find(actor, id);
        Invitation.State state = found.state(clock.instant());
        if (state != Invitation.State.OPEN) {
            throw ProblemException.of(409, Invitation.over(state));
        }
        return found;
    }

    Target target(Actor actor, String id) {
        Invitation found = find(actor, id);
        return Target.of("invitation", found.id(), found.email() == null ? "" : found.email());
    }
}
