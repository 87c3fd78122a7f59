package dev.escale.control.account;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Providers;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ends one of the person's own ways in, unless it is the last. */
@Component
class UnlinkIdentity implements Operation<UnlinkIdentity.Input, UnlinkIdentity.Unlinked> {
    private final Database database;
    private final Identities identities;
    private final Providers providers;
    private final List<WayIn> ways;
    private final OwnersLink link;
    private final Actors actors;

    UnlinkIdentity(
            Database database,
            Identities identities,
            Providers providers,
            List<WayIn> ways,
            OwnersLink link,
            Actors actors) {
        this.database = database;
        this.identities = identities;
        this.providers = providers;
        this.ways = List.copyOf(ways);
        this.link = link;
        this.actors = actors;
    }

    record Input(String identity) {}

    record Unlinked(String id) {}

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
                identity.id(), PlanItem.of("-", "plan.identity.unlink", "name", identity.name()));
    }

    /** Two at once must not both find the other one left. */
    @Override
    public Unlinked apply(Actor actor, Input input, Plan plan) {
        String person = actors.person(actor);
        return database.system(
                tx -> {
                    Persons.queueUp(tx, person);
                    refuseTheLast(person, identity(person, input));
                    identities.remove(person, input.identity());
                    return new Unlinked(input.identity());
                });
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

    /** One that opens nothing any more, since its provider was taken out, may always go. */
    private void refuseTheLast(String person, Identity identity) {
        int count = ways.stream().mapToInt(way -> way.count(person)).sum();
        if (opens(identity) && count <= 1 && !link.isFor(person)) {
            throw ProblemException.of(409, "identity.lastWayIn", "name", identity.name());
        }
    }

    private boolean opens(Identity identity) {
        return providers.reach(identity.provider(), identity.issuer());
    }
}
