package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.TeamBelongings;
import dev.escale.protocol.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The servers of a team that is deleted: each agent takes away what Escale put there and leaves, at
 * once or when it is back. The apps go here and now.
 */
final class ServersOfTeams implements TeamBelongings {
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final int MOST_ITEMS = 500;

    private final Servers servers;
    private final RemovalPlan plans;
    private final ServerRemoval removal;
    private final HostedApps apps;
    private final RemoveServer.Line line;
    private final Database database;

    ServersOfTeams(
            Servers servers,
            RemovalPlan plans,
            ServerRemoval removal,
            HostedApps apps,
            RemoveServer.Line line,
            Database database) {
        this.servers = servers;
        this.plans = plans;
        this.removal = removal;
        this.apps = apps;
        this.line = line;
        this.database = database;
    }

    @Override
    public Plan ending(Actor actor) {
        List<PlanItem> changes = new ArrayList<>();
        List<PlanItem> restarts = new ArrayList<>();
        List<PlanItem> lost = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (Plan plan : all(actor)) {
            changes.addAll(plan.changes());
            restarts.addAll(plan.restarts());
            lost.addAll(plan.lost());
            marks.add(plan.fingerprint());
        }
        return new Plan(
                bounded(changes), restarts, bounded(lost), List.of(), true, marks.toString());
    }

    @Override
    public void end(Actor actor) {
        for (Server server : servers.list(actor.team())) {
            apps.removedWith(server.team(), server.id());
            if (server.registeredAt() == null) {
                finish(server.team(), server.id());
            } else {
                leave(actor, server);
            }
        }
    }

    @Override
    public boolean ended(TeamId team, boolean patient) {
        for (Server server : servers.list(team)) {
            if (!patient) {
                finish(team, server.id());
            } else if (server.status() != ServerStatus.REMOVING) {
                leave(Actor.system(team), server);
            }
        }
        return servers.list(team).isEmpty();
    }

    private void leave(Actor actor, Server server) {
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
    }

    private void finish(TeamId team, ServerId server) {
        database.write(
                team,
                tx -> {
                    removal.finish(tx, team, server);
                    return true;
                });
    }

    /** At the same time: an agent that does not answer holds up no other. */
    private List<Plan> all(Actor actor) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Plan>> asked =
                    servers.list(actor.team()).stream()
                            .map(
                                    server ->
                                            threads.submit(
                                                    () ->
                                                            plans.of(
                                                                    actor,
                                                                    server,
                                                                    "server.remove.waits")))
                            .toList();
            List<Plan> plans = new ArrayList<>();
            for (Future<Plan> each : asked) {
                plans.add(each.get());
            }
            return plans;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static List<PlanItem> bounded(List<PlanItem> items) {
        if (items.size() <= MOST_ITEMS) {
            return items;
        }
        List<PlanItem> shown = new ArrayList<>(items.subList(0, MOST_ITEMS));
        String more = Integer.toString(items.size() - MOST_ITEMS);
        shown.add(PlanItem.of("-", "server.remove.more", "count", more));
        return shown;
    }
}
