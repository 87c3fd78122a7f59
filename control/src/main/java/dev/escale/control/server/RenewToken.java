package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;

/**
 * {@code server.token}: a new registration token, for a server whose first one has expired or that
 * was set up anew. Its present agent stays until another one registers.
 */
public final class RenewToken implements Operation<RenewToken.Input, ServerAdded> {
    private final ServerTargets targets;
    private final Invitations invitations;

    RenewToken(ServerTargets targets, Invitations invitations) {
        this.targets = targets;
        this.invitations = invitations;
    }

    public record Input(String server) {}

    @Override
    public String name() {
        return "server.token";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("server", input.server());
    }

    @Override
    public Map<String, String> came(ServerAdded added) {
        return Detail.of("tokenExpiresAt", added.tokenExpiresAt());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.server());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Server server = targets.server(actor, input.server());
        return Plan.of(
                server.id().value(), PlanItem.of("+", "server.token.token", "name", server.name()));
    }

    @Override
    public ServerAdded apply(Actor actor, Input input, Plan plan) {
        ServerId id = targets.server(actor, input.server()).id();
        return invitations.invite(actor.team(), tx -> id);
    }
}
