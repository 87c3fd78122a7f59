package dev.escale.control.agentlink;

import static dev.escale.control.db.schema.Tables.COMMAND;

import dev.escale.control.db.TeamId;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Commands that nobody will carry out any more, and those that are old enough to be forgotten. */
final class CommandsLeft {
    private CommandsLeft() {}

    record Unfinished(CommandId id, ServerId server) {}

    /** Commands that waited in the queue until their time was over. */
    static List<Unfinished> expired(DSLContext tx, TeamId team, Instant now) {
        return tx.select(COMMAND.ID, COMMAND.SERVER)
                .from(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.STATUS.eq(CommandRows.QUEUED))
                .and(COMMAND.EXPIRES_AT.le(now))
                .orderBy(COMMAND.POSITION)
                .fetch(CommandsLeft::unfinished);
    }

    static List<Unfinished> unreadable(DSLContext tx, TeamId team) {
        return tx.select(COMMAND.ID, COMMAND.SERVER)
                .from(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.STATUS.eq(CommandRows.UNREADABLE))
                .orderBy(COMMAND.POSITION)
                .fetch(CommandsLeft::unfinished);
    }

    static List<Unfinished> unfinished(DSLContext tx, TeamId team, ServerId server) {
        return tx.select(COMMAND.ID, COMMAND.SERVER)
                .from(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.SERVER.eq(server.value()))
                .and(COMMAND.STATUS.ne(CommandRows.DONE))
                .orderBy(COMMAND.POSITION)
                .fetch(CommandsLeft::unfinished);
    }

    static int forgetDone(DSLContext tx, TeamId team, Instant before) {
        return tx.deleteFrom(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.STATUS.eq(CommandRows.DONE))
                .and(COMMAND.DONE_AT.lt(before))
                .execute();
    }

    private static Unfinished unfinished(Record row) {
        return new Unfinished(
                new CommandId(row.get(COMMAND.ID)), new ServerId(row.get(COMMAND.SERVER)));
    }
}
