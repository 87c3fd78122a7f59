package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code invitation.send}: once more, what could not be delivered. With another link, which nobody
 * here has seen: the one that was shown opens nothing any more.
 */
@Component
public class SendInvitation implements Operation<SendInvitation.Input, SendInvitation.Sent> {
    private final InvitationDesk desk;
    private final InvitationMail mail;
    private final InvitationLinks links;

    SendInvitation(InvitationDesk desk, InvitationMail mail, InvitationLinks links) {
        this.desk = desk;
        this.mail = mail;
        this.links = links;
    }

    public record Input(String invitation) {}

    public record Sent(String invitation) {}

    @Override
    public String name() {
        return "invitation.send";
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
        Invitation found = desk.open(actor, input.invitation());
        String email = mail.undelivered(found);
        mail.check(actor, email);
        return Plan.of(
                Fingerprint.of(found.id()),
                PlanItem.of("~", "plan.invitation.send", "email", email));
    }

    @Override
    public Sent apply(Actor actor, Input input, Plan plan) {
        Invitation found = desk.open(actor, input.invitation());
        mail.sendAgain(actor, found, links.fresh());
        return new Sent(found.id());
    }
}
