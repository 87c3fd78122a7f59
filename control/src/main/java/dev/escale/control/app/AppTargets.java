package dev.escale.control.app;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Server;
import dev.escale.control.server.Servers;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the app that a request names, or refuses. */
@Component
public class AppTargets {
    private final Apps apps;
    private final Servers servers;

    AppTargets(Apps apps, Servers servers) {
        this.apps = apps;
        this.servers = servers;
    }

    /**
     * @param idOrSlug as people and scripts name an app
     * @throws ProblemException 404 {@code app.unknown}
     */
    public App app(TeamId team, String idOrSlug) {
        return apps.named(team, idOrSlug)
                .orElseThrow(() -> ProblemException.of(404, "app.unknown", "app", idOrSlug));
    }

    /** The app's server; empty when it was removed. */
    public Optional<Server> server(App app) {
        return servers.find(app.team(), app.server());
    }

    /**
     * @param idOrName as people and scripts name a server
     */
    Optional<Server> server(TeamId team, String idOrName) {
        return servers.list(team).stream()
                .filter(each -> each.id().value().equals(idOrName) || each.name().equals(idOrName))
                .findFirst();
    }

    /**
     * @throws ProblemException 404 {@code app.unknown}
     */
    public Target target(Actor actor, String idOrSlug) {
        App app = app(actor.team(), idOrSlug);
        return new Target("app", app.id().value(), app.slug(), app.server().value());
    }
}
