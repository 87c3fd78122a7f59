package dev.escale.control.app;

import dev.escale.control.agentlink.CommandId;
import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.OrderSubject;
import dev.escale.control.agentlink.ReportListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Note;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes down how the removal of an app ended on its server. The app is gone from the control plane
 * when that is asked for; its server may be away for days, and may fail: then it is asked again.
 */
@Component
class RemovalReports implements ReportListener {
    private static final Logger LOG = LoggerFactory.getLogger(RemovalReports.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    private final Commands commands;
    private final Apps apps;
    private final AuditTrail trail;
    private final Clock clock;

    RemovalReports(Commands commands, Apps apps, AuditTrail trail, Clock clock) {
        this.commands = commands;
        this.apps = apps;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        if (report instanceof Report.CommandDone(String command, Outcome outcome)) {
            commands.subject(tx, team, new CommandId(command))
                    .filter(subject -> subject.kind().equals("removeApp"))
                    .map(OrderSubject::app)
                    .ifPresent(app -> ended(team, server, command, app, outcome));
        }
    }

    private void ended(TeamId team, ServerId server, String command, String app, Outcome outcome) {
        var detail = new LinkedHashMap<String, String>();
        Note reason = reason(outcome);
        if (reason != null) {
            LOG.warn("app={} is not removed from server={}: {}", app, server, reason);
            detail.put("reason", reason.code());
            detail.putAll(reason.facts());
        }
        apps.removeAgain(team, new AppId(app), reason == null ? null : clock.instant().plus(PAUSE));
        trail.record(
                new AuditTrail.Line(
                        command,
                        AuditTrail.Phase.EVENT,
                        null,
                        command,
                        agent(team, server),
                        "app.removed",
                        Target.app(app, app, server.value()),
                        reason == null ? "done" : "failed",
                        detail));
    }

    private static @Nullable Note reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _, Outcome.Surveyed _ -> null;
            case Outcome.Failed(Note why) -> why;
            case Outcome.Refused(Note why) -> why;
            case Outcome.NotUnderstood _ -> Note.of("command.notUnderstood");
        };
    }

    private static Actor agent(TeamId team, ServerId server) {
        return new Actor(
                ActorType.AGENT,
                server.value(),
                "agent",
                team,
                Grants.NONE,
                new Origin(null, Origin.Via.AGENT),
                Locale.ENGLISH);
    }
}
