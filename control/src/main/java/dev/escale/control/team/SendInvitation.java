package dev.escale.control.team;

import dev.escale.control.mail.Letters;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code invitation.send}: once more, what could not be delivered. */
@Component
public class SendInvitation implements Operation<SendInvitation.Input, SendInvitation.Sent> {
    private final TeamInvitations invitations;
    private final Letters letters;
    private final Clock clock;

    SendInvitation(TeamInvitations invitations, Letters letters, Clock clock) {
        this.invitations = invitations;
        this.letters = letters;
        this.clock = clock;
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
        Invitation found = find(actor, input);
        return Target.of("invitation", found.id(), found.email() == null ? "" : found.email());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Invitation found = find(actor, input);
        Invitation.State state = found.state(clock.instant());
        if (state != Invitation.State.OPEN) {
            throw ProblemException.of(409, Invitation.over(state));
        }
        String email = found.email();
        if (email == null || letters.link(actor.team(), found.id()).isEmpty()) {
            throw ProblemException.of(409, "invitation.notFailed");
        }
        return Plan.of(
                Fingerprint.of(found.id()),
                PlanItem.of("~", "plan.invitation.send", "email", email));
    }

    @Override
    public Sent apply(Actor actor, Input input, Plan plan) {
        Invitation found = find(actor, input);
        if (!letters.again(actor.team(), found.id())) {
            throw ProblemException.of(409, "invitation.notFailed");
        }
        return new Sent(found.id());
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
