package dev.escale.control.server;

import static dev.escale.control.db.schema.Tables.APP;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.ServerLinks;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what removing a server takes away, by asking its agent when that is there. */
final class RemovalPlan {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 200;

    private final Database database;
    private final Commands commands;
    private final ServerLinks links;

    RemovalPlan(Database database, Commands commands, ServerLinks links) {
        this.database = database;
        this.commands = commands;
        this.links = links;
    }

    Plan of(Actor actor, Server server) {
        return of(actor, server, "server.remove.stays");
    }

    /**
     * @param away code of what is said of a server that is not connected
     */
    Plan of(Actor actor, Server server, String away) {
        List<String> apps = apps(server);
        Optional<List<Holding>> holdings = survey(actor, server);
        var changes = new ArrayList<PlanItem>();
        changes.add(PlanItem.of("-", "server.remove.server", "name", server.name()));
        apps.forEach(app -> changes.add(PlanItem.of("-", "server.remove.app", "app", app)));
        var lost = new ArrayList<PlanItem>();
        var restarts = new ArrayList<PlanItem>();
        if (holdings.isPresent()) {
            holdings.get().stream()
                    .limit(MOST)
                    .forEach(
                            each ->
                                    (Holdings.isLost(each) ? lost : changes)
                                            .add(Holdings.item(each)));
            changes.add(PlanItem.of("-", "server.remove.agent"));
            changes.add(PlanItem.of("=", "server.remove.kept"));
            restarts.add(PlanItem.of("~", "plan.nginxReloads"));
        } else if (server.registeredAt() != null) {
            changes.add(PlanItem.of("!", away, "name", server.name()));
        }
        List<PlanItem> wayBack = List.of(PlanItem.of("!", "server.remove.wayBack"));
        return new Plan(
                changes, restarts, lost, wayBack, true, fingerprint(server, apps, holdings));
    }

    private List<String> apps(Server server) {
        return database.read(
                server.team(),
                tx ->
                        tx.select(APP.NAME)
                                .from(APP)
                                .where(APP.TEAM.eq(server.team().value()))
                                .and(APP.SERVER.eq(server.id().value()))
                                .and(APP.REMOVED_AT.isNull())
                                .orderBy(APP.CREATED_AT)
                                .fetch(APP.NAME));
    }

    /**
     * @return empty when the agent is not there or does not answer
     */
    private Optional<List<Holding>> survey(Actor actor, Server server) {
        if (!links.isOnline(server.id())) {
            return Optional.empty();
        }
        try {
            Outcome outcome =
                    commands.ask(
                            server.team(), server.id(), actor, new Order.Survey(null), PATIENCE);
            return outcome instanceof Outcome.Surveyed surveyed
                    ? Optional.of(surveyed.holdings())
                    : Optional.empty();
        } catch (ProblemException silent) {
            // the plan says then that nobody looked
            return Optional.empty();
        }
    }

    /** Not the agent's list: sizes of logs change while one reads. */
    private static String fingerprint(
            Server server, List<String> apps, Optional<List<Holding>> holdings) {
        return server.id() + " " + server.status() + " " + apps + " " + holdings.isPresent();
    }
}
