package dev.escale.control.server;

import dev.escale.control.agentlink.ServerLinks;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;

/**
 * {@code signingKey.rotate}: commands are signed with a new key. Agents learn it under the old one
 * when they connect next; those that are connected do so at once.
 */
public final class RotateSigningKey
        implements Operation<RotateSigningKey.Input, RotateSigningKey.Rotated> {
    private final ServerLinks links;

    RotateSigningKey(ServerLinks links) {
        this.links = links;
    }

    public record Input() {}

    /**
     * @param id of the new key
     */
    public record Rotated(String id) {}

    @Override
    public String name() {
        return "signingKey.rotate";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Map.of();
    }

    @Override
    public Target done(Target planned, Rotated rotated) {
        return Target.of("signingKey", rotated.id(), "");
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("signingKey", "", "");
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        return Plan.of("", PlanItem.of("+", "signingKey.rotate.key"));
    }

    @Override
    public Rotated apply(Actor actor, Input input, Plan plan) {
        return new Rotated(links.rotateSigningKey());
    }
}
