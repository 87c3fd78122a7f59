package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import java.util.List;
import java.util.Optional;

/** Finds the server that a request names, or refuses. */
public final class ServerTargets {
    private final Servers servers;

    ServerTargets(Servers servers) {
        this.servers = servers;
    }

    /**
     * The server that something is to be done to.
     *
     * @param idOrName as people and scripts name a server
     * @throws ProblemException 404 {@code server.unknown}, also when it is a secret to the actor
     */
    public Server server(Actor actor, String idOrName) {
        return named(actor, idOrName)
                .orElseThrow(() -> ProblemException.of(404, "server.unknown", "server", idOrName));
    }

    /** As {@link #server}. */
    public Optional<Server> named(Actor actor, String idOrName) {
        return servers.find(actor.team(), idOrName)
                .filter(server -> actor.grants().touches(server.target()));
    }

    /**
     * The server, to be looked at.
     *
     * @throws ProblemException as {@link #server}, and 403 {@code permission.missingHere}
     */
    public Server shown(Actor actor, String idOrName) {
        Server server = server(actor, idOrName);
        Reads.check(actor, Reads.SERVERS, server.target());
        return server;
    }

    /** The server with this id; empty when the actor may not look at it. */
    public Optional<Server> find(Actor actor, ServerId id) {
        return servers.find(actor.team(), id)
                .filter(server -> actor.may(Reads.SERVERS, server.target()));
    }

    /** Those that the actor may look at, in the order in which they were added. */
    public List<Server> all(Actor actor) {
        return servers.list(actor.team()).stream()
                .filter(server -> actor.may(Reads.SERVERS, server.target()))
                .toList();
    }

    Target target(Actor actor, String idOrName) {
        return server(actor, idOrName).target();
    }
}
