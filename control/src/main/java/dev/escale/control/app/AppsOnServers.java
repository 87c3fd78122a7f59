package dev.escale.control.app;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.server.HostedApps;
import dev.escale.protocol.AppState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells the servers' pages which apps run there. */
@Component
class AppsOnServers implements HostedApps {
    private final Apps apps;
    private final AppTargets targets;
    private final AppRemoval removal;
    private final AuditTrail audit;
    private final Clock clock;

    AppsOnServers(
            Apps apps, AppTargets targets, AppRemoval removal, AuditTrail audit, Clock clock) {
        this.apps = apps;
        this.targets = targets;
        this.removal = removal;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void removedWith(TeamId team, ServerId server) {
        for (App app : apps.onServer(team, server)) {
            apps.remove(app, clock.instant());
            removal.forget(Actor.system(team), app);
            audit.record(
                    AuditTrail.Line.event(
                            Ids.random("op"),
                            Actor.system(team),
                            "app.remove",
                            app.target(),
                            "done",
                            Map.of("with", "server")));
        }
    }

    @Override
    public List<HostedApp> on(Actor reader, ServerId server) {
        return targets.all(reader).stream()
                .filter(app -> app.server().equals(server))
                .map(AppsOnServers::hosted)
                .toList();
    }

    @Override
    public Map<ServerId, Integer> counts(Actor reader) {
        return targets.all(reader).stream()
                .collect(Collectors.groupingBy(App::server, Collectors.summingInt(app -> 1)));
    }

    private static HostedApp hosted(App app) {
        Long release = app.serving().release();
        AppState state = app.process().state();
        String word =
                release == null
                        ? "empty"
                        : state == AppState.DOWN
                                ? "down"
                                : state == AppState.STOPPED ? "stopped" : "serving";
        return new HostedApp(app.id().value(), app.slug(), word, app.url(), release);
    }
}
