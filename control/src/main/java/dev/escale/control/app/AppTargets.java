package dev.escale.control.app;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Server;
import dev.escale.control.server.ServerTargets;
import dev.escale.control.server.Servers;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the app that a request names, or refuses. */
@Component
public class AppTargets {
    private final Apps apps;
    private final Servers servers;
    private final ServerTargets hosts;

    AppTargets(Apps apps, Servers servers, ServerTargets hosts) {
        this.apps = apps;
        this.servers = servers;
        this.hosts = hosts;
    }

    /**
     * The app that something is to be done to.
     *
     * @param idOrSlug as people and scripts name an app
     * @throws ProblemException 404 {@code app.unknown}, also when it is a secret to the actor
     */
    public App app(Actor actor, String idOrSlug) {
        return apps.named(actor.team(), idOrSlug)
                .filter(app -> actor.grants().touches(app.target()))
                .orElseThrow(() -> ProblemException.of(404, "app.unknown", "app", idOrSlug));
    }

    /**
     * The app, to be looked at.
     *
     * @throws ProblemException as {@link #app}, and 403 {@code permission.missingHere}
     */
    public App shown(Actor actor, String idOrSlug) {
        App app = app(actor, idOrSlug);
        Reads.check(actor, Reads.APPS, app.target());
        return app;
    }

    /** The app with this id; empty when the actor may not look at it. */
    public Optional<App> find(Actor actor, AppId id) {
        return apps.find(actor.team(), id).filter(app -> actor.may(Reads.APPS, app.target()));
    }

    /** Those that the actor may look at, by slug. */
    public List<App> all(Actor actor) {
        return apps.all(actor.team()).stream()
                .filter(app -> actor.may(Reads.APPS, app.target()))
                .toList();
    }

    /** The app's server; empty when it was removed. */
    public Optional<Server> server(App app) {
        return servers.find(app.team(), app.server());
    }

    /**
     * @param idOrName as people and scripts name a server
     */
    Optional<Server> server(Actor actor, String idOrName) {
        return hosts.named(actor, idOrName);
    }

    /**
     * @throws ProblemException 404 {@code app.unknown}
     */
    public Target target(Actor actor, String idOrSlug) {
        return app(actor, idOrSlug).target();
    }
}
