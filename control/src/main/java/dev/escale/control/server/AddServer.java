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
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code server.add}: a name first; the rest its agent tells. */
public final class AddServer implements Operation<AddServer.Input, ServerAdded> {
    private final Servers servers;
    private final Invitations invitations;
    private final Database database;
    private final Events events;
    private final Clock clock;

    AddServer(
            Servers servers,
            Invitations invitations,
            Database database,
            Events events,
            Clock clock) {
        this.servers = servers;
        this.invitations = invitations;
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    public record Input(@Nullable String name) {}

    @Override
    public String name() {
        return "server.add";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("name", input.name());
    }

    @Override
    public Target done(Target planned, ServerAdded added) {
        return Target.of("server", added.server().id().value(), added.server().name());
    }

    @Override
    public Map<String, String> came(ServerAdded added) {
        return Detail.of("tokenExpiresAt", added.tokenExpiresAt());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("server", "", ServerName.of(input.name()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String name = ServerName.of(input.name());
        ProblemException.throwIfAny(
                ServerName.faults(servers, actor.team(), name, Optional.empty()));
        return Plan.of(name, PlanItem.of("+", "server.add.server", "name", name));
    }

    @Override
    public ServerAdded apply(Actor actor, Input input, Plan plan) {
        String name = ServerName.of(input.name());
        return invitations.invite(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    ServerName.refuseIfTaken(servers, actor.team(), name, Optional.empty());
                    var id = servers.add(tx, actor.team(), name, clock.instant());
                    database.afterCommit(
                            () -> events.publish(new Event(actor.team(), "servers", "added", id)));
                    return id;
                });
    }
}
