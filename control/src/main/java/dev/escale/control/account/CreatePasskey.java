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

/** Another passkey for the person who asks, made by their authenticator a moment ago. */
@Component
class CreatePasskey implements Operation<CreatePasskey.Input, Passkey> {
    private static final int MOST = 20;

    private final Passkeys passkeys;
    private final WebAuthn party;
    private final Actors actors;

    CreatePasskey(Passkeys passkeys, WebAuthn party, Actors actors) {
        this.passkeys = passkeys;
        this.party = party;
        this.actors = actors;
    }

    /**
     * @param answer of the authenticator, as JSON
     * @param challenge that it was given; used up already
     */
    record Input(String name, String answer, String challenge) {
        String given() {
            return name.strip();
        }

        @Override
        public String toString() {
            return "Input[" + given() + ", •••]";
        }
    }

    @Override
    public String name() {
        return "passkey.create";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("name", input.given());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("passkey", "", input.given());
    }

    @Override
    public Target done(Target planned, Passkey made) {
        return Target.of("passkey", made.id(), made.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String name = input.given();
        PasskeyName.check(name);
        if (passkeys.all(actors.person(actor)).size() >= MOST) {
            throw ProblemException.of(409, "passkey.tooMany", "most", "" + MOST);
        }
        PasskeyCredential made = made(input);
        if (passkeys.known(made.credential()).isPresent()) {
            throw ProblemException.of(409, "passkey.known");
        }
        return Plan.of(
                Fingerprint.of(made.credential()),
                PlanItem.of("+", "plan.passkey.create", "name", name));
    }

    @Override
    public Passkey apply(Actor actor, Input input, Plan plan) {
        return passkeys.add(actors.person(actor), input.given(), made(input));
    }

    private PasskeyCredential made(Input input) {
        return party.made(input.answer(), input.challenge())
                .orElseThrow(() -> ProblemException.of(422, "passkey.unusable"));
    }
}
