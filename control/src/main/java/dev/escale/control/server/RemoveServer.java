package dev.escale.control.server;

import dev.escale.control.agentlink.CommandId;
import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.ServerLinks;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Order;
import java.time.Duration;
import java.util.Map;

/**
 * {@code server.remove}: its agent takes away everything that Escale put there and then itself. A
 * server whose agent is away is only forgotten here; the plan says what stays on it.
 */
public final class RemoveServer implements Operation<RemoveServer.Input, RemoveServer.Removal> {
    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Servers servers;
    private final ServerTargets targets;
    private final RemovalPlan plans;
    private final ServerRemoval removal;
    private final Line line;
    private final Database database;

    /** The way to the agent. */
    record Line(Commands commands, ServerLinks links) {}

    RemoveServer(
            Servers servers,
            ServerTargets targets,
            RemovalPlan plans,
            ServerRemoval removal,
            Line line,
            Database database) {
        this.servers = servers;
        this.targets = targets;
        this.plans = plans;
        this.removal = removal;
        this.line = line;
        this.database = database;
    }

    public record Input(String server) {}

    /**
     * @param state {@code removed}, or {@code removing} while the agent is still at it
     */
    public record Removal(String id, String name, String state) {}

    @Override
    public String name() {
        return "server.remove";
    }

    @Override
    public boolean destructive() {
        return true;
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
    public Map<String, String> came(Removal removal) {
        return Detail.of("state", removal.state());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.server());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        return plans.of(actor, targets.server(actor, input.server()));
    }

    @Override
    public Removal apply(Actor actor, Input input, Plan plan) {
        Server server = targets.server(actor, input.server());
        if (line.links().isOnline(server.id())) {
            leave(actor, server);
        } else {
            database.write(
                    server.team(),
                    tx -> {
                        removal.finish(tx, server.team(), server.id());
                        return true;
                    });
        }
        ServerStatus status =
                servers.find(server.team(), server.id())
                        .map(Server::status)
                        .orElse(ServerStatus.REMOVED);
        return new Removal(server.id().value(), server.name(), status.text());
    }

    private void leave(Actor actor, Server server) {
        CommandId leaving =
                database.write(
                        server.team(),
                        tx -> {
                            servers.status(tx, server.team(), server.id(), ServerStatus.REMOVING);
                            return line.commands()
                                    .queue(
                                            tx,
                                            server.team(),
                                            server.id(),
                                            actor,
                                            new Order.Leave(),
                                            VALIDITY);
                        });
        line.commands().await(server.team(), leaving, PATIENCE);
    }
}
