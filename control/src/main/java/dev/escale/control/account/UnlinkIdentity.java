package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.ProviderToken;
import dev.escale.control.provider.Providers;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ends one of the person's own ways in, unless it is the last. */
@Component
class UnlinkIdentity implements Operation<UnlinkIdentity.Input, UnlinkIdentity.Unlinked> {
    private final Identities identities;
    private final ProviderTokens tokens;
    private final Providers providers;
    private final WaysIn ways;
    private final Actors actors;

    UnlinkIdentity(
            Identities identities,
            ProviderTokens tokens,
            Providers providers,
            WaysIn ways,
            Actors actors) {
        this.identities = identities;
        this.tokens = tokens;
        this.providers = providers;
        this.ways = ways;
        this.actors = actors;
    }

    record Input(String identity) {}

    /**
     * @param provider where the account is
     * @param tokenEnded whether the provider has ended what it had given us; if not, the person can
     */
    record Unlinked(String id, Provider provider, boolean tokenEnded) {}

    @Override
    public String name() {
        return "identity.unlink";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("identity", input.identity());
    }

    @Override
    public Map<String, String> came(Unlinked unlinked) {
        return Detail.of("tokenEnded", unlinked.tokenEnded());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Identity identity = identity(actors.person(actor), input);
        return Target.of("identity", identity.id(), identity.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String person = actors.person(actor);
        Identity identity = identity(person, input);
        refuseTheLast(person, identity);
        return Plan.of(
                identity.id(),
                PlanItem.of("-", "plan.identity.unlink", "name", identity.name()),
                PlanItem.of("-", "plan.identity.token", "provider", identity.provider().label()));
    }

    /** The provider is told when the identity has gone: whether it answers keeps nothing here. */
    @Override
    public Unlinked apply(Actor actor, Input input, Plan plan) {
        String person = actors.person(actor);
        Identity identity = identity(person, input);
        Optional<ProviderToken> token =
                ways.takeAway(
                        person,
                        () -> {
                            refuseTheLast(person, identity(person, input));
                            var kept = identities.token(identity);
                            identities.remove(person, input.identity());
                            return kept;
                        });
        boolean ended = token.map(each -> tokens.end(identity, each)).orElse(true);
        return new Unlinked(identity.id(), identity.provider(), ended);
    }

    private Identity identity(String person, Input input) {
        return identities.all(person).stream()
                .filter(each -> each.id().equals(input.identity()))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "identity.unknown", "identity", input.identity()));
    }

    private void refuseTheLast(String person, Identity identity) {
        if (ways.isLast(person, providers.reach(identity.provider(), identity.issuer()))) {
            throw ProblemException.of(409, "identity.lastWayIn", "name", identity.name());
        }
    }
}
