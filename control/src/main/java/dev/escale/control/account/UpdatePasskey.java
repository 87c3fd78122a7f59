package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Gives one of the person's own passkeys another name. */
@Component
class UpdatePasskey implements Operation<UpdatePasskey.Input, Passkey> {
    private final Passkeys passkeys;
    private final Actors actors;

    UpdatePasskey(Passkeys passkeys, Actors actors) {
        this.passkeys = passkeys;
        this.actors = actors;
    }

    record Input(String passkey, String name) {
        String given() {
            return name.strip();
        }
    }

    @Override
    public String name() {
        return "passkey.update";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("passkey", input.passkey(), "name", input.given());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Passkey passkey = passkey(actor, input);
        return Target.of("passkey", passkey.id(), passkey.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Passkey passkey = passkey(actor, input);
        PasskeyName.check(input.given());
        return Plan.of(
                Fingerprint.of(passkey.id(), passkey.name()),
                PlanItem.of(
                        "~", "plan.passkey.update", "from", passkey.name(), "to", input.given()));
    }

    @Override
    public Passkey apply(Actor actor, Input input, Plan plan) {
        passkeys.rename(actors.person(actor), input.passkey(), input.given());
        return passkey(actor, input);
    }

    private Passkey passkey(Actor actor, Input input) {
        return passkeys.find(actors.person(actor), input.passkey())
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "passkey.unknown", "passkey", input.passkey()));
    }
}
