package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.Note;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;

/** Gives reports to the listeners, and ends commands that no agent will end. */
final class Endings {
    private final Database database;
    private final CommandRows rows;
    private final Commands commands;
    private final ObjectProvider<ReportListener> listeners;
    private final Clock clock;

    /**
     * @param listeners looked up late: they queue commands themselves
     */
    Endings(
            Database database,
            CommandRows rows,
            Commands commands,
            ObjectProvider<ReportListener> listeners,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.commands = commands;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Part of the transaction that stores the report. */
    void dispatch(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        if (report instanceof Report.CommandDone done && !finish(tx, team, server, done)) {
            return;
        }
        listeners
                .orderedStream()
                .forEach(listener -> listener.report(tx, team, server, at, report));
    }

    /** Ends the commands that waited too long for their server, or cannot be read. */
    void endExpired(TeamId team) {
        Instant now = clock.instant();
        if (database.read(
                team,
                tx ->
                        CommandsLeft.expired(tx, team, now).isEmpty()
                                && CommandsLeft.unreadable(tx, team).isEmpty())) {
            return;
        }
        database.write(
                team,
                tx -> {
                    end(tx, team, CommandsLeft.expired(tx, team, now), Commands.NEVER_SENT);
                    end(tx, team, CommandsLeft.unreadable(tx, team), "command.unreadable");
                    return true;
                });
    }

    /** Ends everything that was asked of a server which is no more. */
    void endAll(DSLContext tx, TeamId team, ServerId server, String code) {
        end(tx, team, CommandsLeft.unfinished(tx, team, server), code);
    }

    private void end(
            DSLContext tx, TeamId team, List<CommandsLeft.Unfinished> unfinished, String code) {
        for (CommandsLeft.Unfinished command : unfinished) {
            var refused = new Outcome.Refused(Note.of(code));
            dispatch(
                    tx,
                    team,
                    command.server(),
                    clock.instant(),
                    new Report.CommandDone(command.id().value(), refused));
        }
    }

    /**
     * @return false when it is not a command of this server, or was done before
     */
    private boolean finish(DSLContext tx, TeamId team, ServerId server, Report.CommandDone report) {
        var id = new CommandId(report.command());
        boolean finished = rows.done(tx, team, server, id, report.outcome(), clock.instant());
        if (finished) {
            database.afterCommit(() -> commands.finished(id, report.outcome()));
        }
        return finished;
    }
}
