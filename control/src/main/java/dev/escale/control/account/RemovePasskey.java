package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Removes one of the person's own passkeys. The last way in takes a confirmed plan. */
@Component
class RemovePasskey implements Operation<RemovePasskey.Input, RemovePasskey.Removed> {
    private final Passkeys passkeys;
    private final WaysIn ways;
    private final Actors actors;

    RemovePasskey(Passkeys passkeys, WaysIn ways, Actors actors) {
        this.passkeys = passkeys;
        this.ways = ways;
        this.actors = actors;
    }

    record Input(String passkey) {}

    record Removed(String id) {}

    @Override
    public String name() {
        return "passkey.remove";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("passkey", input.passkey());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Passkey passkey = passkey(actors.person(actor), input);
        return Target.of("passkey", passkey.id(), passkey.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String person = actors.person(actor);
        Passkey passkey = passkey(person, input);
        boolean last = ways.isLast(person, passkey.opens());
        return new Plan(
                List.of(PlanItem.of("-", "plan.passkey.remove", "name", passkey.name())),
                List.of(),
                last ? List.of(PlanItem.of("!", "plan.passkey.last")) : List.of(),
                last ? List.of(PlanItem.of("+", "plan.passkey.another")) : List.of(),
                last,
                Fingerprint.of(passkey.id(), last));
    }

    @Override
    public Removed apply(Actor actor, Input input, Plan plan) {
        String person = actors.person(actor);
        return ways.takeAway(
                person,
                () -> {
                    if (ways.isLast(person, passkey(person, input).opens())
                            && !plan.destructive()) {
                        throw ProblemException.of(409, "passkey.becameLast");
                    }
                    passkeys.remove(person, input.passkey());
                    return new Removed(input.passkey());
                });
    }

    private Passkey passkey(String person, Input input) {
        return passkeys.find(person, input.passkey())
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "passkey.unknown", "passkey", input.passkey()));
    }
}
