package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code invitation.revoke}: its link opens nothing any more. */
@Component
public class RevokeInvitation
        implements Operation<RevokeInvitation.Input, RevokeInvitation.Revoked> {
    private final TeamInvitations invitations;
    private final TeamFeed feed;
    private final Clock clock;

    RevokeInvitation(TeamInvitations invitations, TeamFeed feed, Clock clock) {
        this.invitations = invitations;
        this.feed = feed;
        this.clock = clock;
    }

    public record Input(String invitation) {}

    public record Revoked(String id) {}

    @Override
    public String name() {
        return "invitation.revoke";
    }

    @Override
    public String permission() {
        return "member.invite";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("invitation", input.invitation());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Invitation invitation = find(actor, input);
        String email = invitation.email();
        return Target.of("invitation", invitation.id(), email == null ? "" : email);
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Invitation invitation = find(actor, input);
        refuseIfOver(invitation);
        return Plan.of(
                invitation.id(),
                PlanItem.of("-", "plan.invitation.revoke", "name", target(actor, input).name()));
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        Invitation invitation = find(actor, input);
        if (!invitations.revoke(invitation)) {
            refuseIfOver(find(actor, input));
        }
        feed.changed(actor.team(), "revoked");
        return new Revoked(invitation.id());
    }

    private void refuseIfOver(Invitation invitation) {
        Invitation.State state = invitation.state(clock.instant());
        if (state != Invitation.State.OPEN) {
            throw ProblemException.of(409, Invitation.over(state));
        }
    }

    private Invitation find(Actor actor, Input input) {
        return invitations
                .find(actor.team(), input.invitation())
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404,
                                        "invitation.unknown",
                                        "invitation",
                                        input.invitation()));
    }
}
