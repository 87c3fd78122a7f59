package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Identified;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Lets a person in by one more account at a provider. Asked for by the provider's callback alone,
 * for whoever began it in the same session: nobody else can know that both are the same person.
 */
@Component
class LinkIdentity implements Operation<LinkIdentity.Input, Identity> {
    private final Identities identities;
    private final Actors actors;

    LinkIdentity(Identities identities, Actors actors) {
        this.identities = identities;
        this.actors = actors;
    }

    record Input(Identified who) {
        String name() {
            return who.account().login() + " (" + who.provider().label() + ")";
        }
    }

    @Override
    public String name() {
        return "identity.link";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "issuer", input.who().issuer(), "subject", input.who().account().subject());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("identity", "", input.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        if (identities.of(input.who()).isPresent()) {
            throw ProblemException.of(
                    409, "identity.taken", "provider", input.who().provider().label());
        }
        return Plan.of(
                input.who().account().subject(),
                PlanItem.of("+", "plan.identity.link", "name", input.name()));
    }

    @Override
    public Identity apply(Actor actor, Input input, Plan plan) {
        return identities.add(actors.person(actor), input.who());
    }

    @Override
    public Target done(Target planned, Identity identity) {
        return Target.of("identity", identity.id(), identity.name());
    }
}
