package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code invitation.revoke}: its link opens nothing any more. */
@Component
public class RevokeInvitation
        implements Operation<RevokeInvitation.Input, RevokeInvitation.Revoked> {
    private final InvitationDesk desk;
    private final TeamInvitations invitations;
    private final TeamFeed feed;

    RevokeInvitation(InvitationDesk desk, TeamInvitations invitations, TeamFeed feed) {
        this.desk = desk;
        this.invitations = invitations;
        this.feed = feed;
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
        return desk.target(actor, input.invitation());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Invitation invitation = desk.open(actor, input.invitation());
        return Plan.of(
                invitation.id(),
                PlanItem.of("-", "plan.invitation.revoke", "name", target(actor, input).name()));
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        Invitation invitation = desk.open(actor, input.invitation());
        if (!invitations.revoke(invitation)) {
            desk.open(actor, input.invitation());
        }
        feed.changed(actor.team(), "revoked");
        return new Revoked(invitation.id());
    }
}
