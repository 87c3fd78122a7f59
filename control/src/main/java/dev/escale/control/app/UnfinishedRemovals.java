package dev.escale.control.app;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.db.Database;
import dev.escale.control.db.Recurring;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.server.Servers;
import dev.escale.protocol.Order;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks servers again to remove apps that they could not remove. */
@Component
public class UnfinishedRemovals {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRemovals.class);
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Database database;
    private final TeamLookup teams;
    private final Apps apps;
    private final Servers servers;
    private final Commands commands;
    private final Recurring rounds;

    UnfinishedRemovals(
            Database database,
            TeamLookup teams,
            Apps apps,
            Servers servers,
            Commands commands,
            Clock clock) {
        this.database = database;
        this.teams = teams;
        this.apps = apps;
        this.servers = servers;
        this.commands = commands;
        this.rounds =
                new Recurring("looking for unfinished removals", LOG, () -> look(clock.instant()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        rounds.every(ROUND);
    }

    @PreDestroy
    void stop() {
        rounds.close();
    }

    /** Those that are due by then. */
    public void look(Instant now) {
        for (TeamId team : teams.all()) {
            Round.over(
                    apps.unfinished(team, now),
                    LOG,
                    "asking a server again to remove an app",
                    each -> ask(team, each));
        }
    }

    private void ask(TeamId team, Apps.Unfinished unfinished) {
        database.write(
                team,
                tx -> {
                    apps.removeAgain(team, unfinished.app(), null);
                    return servers.find(team, unfinished.server())
                            .map(
                                    server ->
                                            commands.queue(
                                                    tx,
                                                    team,
                                                    unfinished.server(),
                                                    Actor.system(team),
                                                    new Order.RemoveApp(unfinished.app().value()),
                                                    RemoveApp.VALIDITY));
                });
    }
}
