package dev.escale.control.server;

import dev.escale.control.agentlink.CommandId;
import dev.escale.control.agentlink.ReportListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a removal when the agent says that it has left, or takes it back when it could not. */
final class ServerRemoval implements ReportListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRemoval.class);

    private final Servers servers;
    private final RegistrationTokens tokens;
    private final RemoveServer.Line line;
    private final HostedApps apps;
    private final Announcements announcements;

    /** Says what became of a server, once that is committed. */
    record Announcements(Database database, Events events, Clock clock) {
        void say(TeamId team, ServerId server, String kind) {
            database.afterCommit(
                    () -> {
                        events.publish(new Event(team, "server:" + server, kind, server));
                        events.publish(new Event(team, "servers", kind, server));
                    });
        }
    }

    ServerRemoval(
            Servers servers,
            RegistrationTokens tokens,
            RemoveServer.Line line,
            HostedApps apps,
            Announcements announcements) {
        this.servers = servers;
        this.tokens = tokens;
        this.line = line;
        this.apps = apps;
        this.announcements = announcements;
    }

    @Override
    public void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        if (report instanceof Report.CommandDone done && isLeave(tx, team, done)) {
            left(tx, team, server, done.outcome());
        }
    }

    /** The server, its apps and everything that waits for it are no more. */
    void finish(DSLContext tx, TeamId team, ServerId server) {
        Instant now = announcements.clock().instant();
        servers.removed(tx, team, server, now);
        tokens.forget(tx, team, server);
        apps.removedWith(team, server);
        line.links().remove(tx, team, server);
        announcements.say(team, server, "removed");
    }

    private boolean isLeave(DSLContext tx, TeamId team, Report.CommandDone done) {
        return line.commands()
                .subject(tx, team, new CommandId(done.command()))
                .filter(subject -> subject.kind().equals("leave"))
                .isPresent();
    }

    private void left(DSLContext tx, TeamId team, ServerId server, Outcome outcome) {
        Optional<Server> removing =
                servers.find(team, server).filter(each -> each.status() == ServerStatus.REMOVING);
        if (removing.isEmpty()) {
            return;
        }
        if (outcome instanceof Outcome.Done) {
            finish(tx, team, server);
        } else {
            LOG.warn("server={} could not leave: {}", server, outcome);
            servers.status(
                    tx,
                    team,
                    server,
                    line.links().isOnline(server) ? ServerStatus.ONLINE : ServerStatus.OFFLINE);
            announcements.say(team, server, "removalFailed");
        }
    }
}
