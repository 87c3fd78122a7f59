package dev.escale.control.agentlink;

import dev.escale.control.db.TeamId;
import dev.escale.protocol.Report;
import java.time.Instant;
import org.jooq.DSLContext;

/**
 * Takes part in the transaction that stores a report. Every bean of this type sees every report,
 * once and in the agent's order, and picks its own with a {@code switch}.
 *
 * <p>What a report says is the agent's word: check that the app, deployment or command that it
 * names belongs to this team and server, and cut what is too long.
 *
 * <p>An exception rolls back what all listeners did for this report. It is tried again at once, and
 * then parked and tried again later, out of order, so that one report that cannot be worked on
 * neither is lost nor blocks those behind it.
 *
 * <p>{@link Report.CommandDone} comes also for commands that ended here: expired before they were
 * sent, or ended by the removal of the server. Its command is already {@code done} then.
 */
public interface ReportListener {
    /**
     * @param tx of this team; publish events with {@code Database.afterCommit}
     * @param at when it happened by the agent's clock, never in our future
     */
    void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report);
}
