package dev.escale.control.deployment;

import dev.escale.control.app.AppId;
import dev.escale.control.app.Apps;
import dev.escale.control.db.Database;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.server.Server;
import dev.escale.control.server.Servers;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Note;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks over everything that has not ended: takes queues forward, and ends what has stood longer
 * than its time limit. The agent has the same limit; this one is for an agent that does not keep
 * it. As long as a server is away nothing is decided: its agent goes on, and will tell.
 */
@Component
class Overseer {
    private static final Logger LOG = LoggerFactory.getLogger(Overseer.class);

    /** What an agent may take longer, for reporting. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LIMIT = Duration.ofSeconds(OrderWriter.LIMITS.totalSeconds());

    private final Database database;
    private final TeamLookup teams;
    private final Apps apps;
    private final Servers servers;
    private final DeploymentLedger ledger;
    private final Deployer deployer;
    private final Dispatch dispatch;
    private final Clock clock;

    Overseer(
            Database database,
            TeamLookup teams,
            Apps apps,
            Servers servers,
            DeploymentLedger ledger,
            Deployer deployer,
            Dispatch dispatch,
            Clock clock) {
        this.database = database;
        this.teams = teams;
        this.apps = apps;
        this.servers = servers;
        this.ledger = ledger;
        this.deployer = deployer;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** One round over all teams. */
    void look() {
        Round.over(teams.all(), LOG, "looking over deployments", this::look);
    }

    private void look(TeamId team) {
        List<Deployment> open = ledger.open(team);
        Map<AppId, List<Deployment>> byApp =
                open.stream().collect(Collectors.groupingBy(Deployment::app));
        Round.over(
                byApp.entrySet(),
                LOG,
                "looking over an app's deployments",
                app -> look(team, app.getKey(), app.getValue()));
    }

    private void look(TeamId team, AppId app, List<Deployment> open) {
        open.stream().filter(each -> !each.waiting()).forEach(this::limit);
        open.stream()
                .filter(each -> !each.waiting() && !each.state().decided())
                .forEach(this::tellWhetherItsServerIsAway);
        if (open.stream().anyMatch(Deployment::waiting)) {
            deployer.advance(team, app);
        }
    }

    private void tellWhetherItsServerIsAway(Deployment deployment) {
        Server server = servers.find(deployment.team(), deployment.server()).orElse(null);
        if (server == null) {
            return;
        }
        Note away = Note.of(DeploymentNotes.SERVER_AWAY, "server", server.name());
        boolean told = away.equals(deployment.verdict().reason());
        boolean silent = deployment.verdict().reason() == null;
        if (server.online() ? told : silent) {
            database.write(
                    deployment.team(),
                    tx -> {
                        apps.lock(deployment.team(), deployment.app());
                        explain(ledger.now(deployment), deployment, server.online() ? null : away);
                        return deployment;
                    });
        }
    }

    /** Unless something else was said of it meanwhile, or it is over. */
    private void explain(Deployment now, Deployment seen, @Nullable Note reason) {
        if (now.state().decided()
                || !Objects.equals(now.verdict().reason(), seen.verdict().reason())) {
            return;
        }
        if (reason == null) {
            ledger.explained(now);
        } else {
            ledger.explain(now, reason);
        }
    }

    private void limit(Deployment deployment) {
        Instant since = ledger.orderedAt(deployment).orElse(deployment.course().queuedAt());
        Duration age = Duration.between(since, clock.instant());
        servers.find(deployment.team(), deployment.server())
                .filter(Server::online)
                .map(Overseer::limit)
                .filter(limit -> age.compareTo(limit.plus(GRACE)) > 0)
                .ifPresent(limit -> enforce(deployment, age, limit));
    }

    /** A server's own setting may give its deployments more time. */
    private static Duration limit(Server server) {
        Facts facts = server.facts();
        Duration own = Duration.ofSeconds(facts == null ? 0 : facts.deploymentSeconds());
        return own.compareTo(LIMIT) > 0 ? own : LIMIT;
    }

    private void enforce(Deployment seen, Duration age, Duration limit) {
        database.write(
                seen.team(),
                tx -> {
                    AppId app = seen.app();
                    apps.lock(seen.team(), app);
                    Deployment deployment = ledger.now(seen);
                    Note reason =
                            Note.of(
                                    DeploymentNotes.TIME_LIMIT,
                                    "minutes",
                                    Long.toString(limit.toMinutes()));
                    if (deployment.ended()) {
                        return app;
                    }
                    if (deployment.state() == DeploymentState.LIVE) {
                        ledger.ended(deployment);
                    } else if (!reason.equals(deployment.verdict().reason())) {
                        dispatch.cancel(tx, deployment, Actor.system(deployment.team()));
                        ledger.explain(deployment, reason);
                    } else if (age.compareTo(limit.plus(GRACE).plus(GRACE)) > 0) {
                        ledger.ended(
                                deployment, DeploymentState.FAILED, Deployment.Verdict.of(reason));
                    }
                    deployer.advance(deployment.team(), app);
                    return app;
                });
    }
}
