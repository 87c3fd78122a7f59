package dev.escale.control.server;

import dev.escale.control.db.Database;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code server.rename}: nothing changes on the server itself. */
public final class RenameServer implements Operation<RenameServer.Input, Server> {
    private final Servers servers;
    private final ServerTargets targets;
    private final Database database;
    private final Events events;

    RenameServer(Servers servers, ServerTargets targets, Database database, Events events) {
        this.servers = servers;
        this.targets = targets;
        this.database = database;
        this.events = events;
    }

    public record Input(String server, @Nullable String name) {}

    @Override
    public String name() {
        return "server.rename";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("server", input.server(), "name", input.name());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.server());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Server server = targets.server(actor, input.server());
        String name = ServerName.of(input.name());
        ProblemException.throwIfAny(
                ServerName.faults(servers, actor.team(), name, Optional.of(server.id())));
        return Plan.of(
                server.name(),
                PlanItem.of("~", "server.rename.name", "from", server.name(), "to", name));
    }

    @Override
    public Server apply(Actor actor, Input input, Plan plan) {
        Server server = targets.server(actor, input.server());
        database.write(
                actor.team(),
                tx -> {
                    String name = ServerName.of(input.name());
                    Database.queueUp(tx, server.team());
                    ServerName.refuseIfTaken(
                            servers, server.team(), name, Optional.of(server.id()));
                    servers.rename(tx, server.team(), server.id(), name);
                    return true;
                });
        events.publish(new Event(server.team(), "server:" + server.id(), "renamed", server.id()));
        events.publish(new Event(server.team(), "servers", "renamed", server.id()));
        return servers.get(server.team(), server.id());
    }
}
