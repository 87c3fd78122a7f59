package dev.escale.control.agentlink;

import static dev.escale.control.db.schema.Tables.PARKED_REPORT;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.ParkedReportRecord;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that a listener could not work on. They are tried again after 1, 2, 4 … minutes, at most
 * an hour apart, twenty times; after that they stay in the table for a person to look at.
 */
final class ParkedReports {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedReports.class);
    private static final int ATTEMPTS = 20;
    private static final int BATCH = 50;
    private static final int ERROR_LENGTH = 1000;

    private final Database database;
    private final Endings endings;
    private final Clock clock;

    ParkedReports(Database database, Endings endings, Clock clock) {
        this.database = database;
        this.endings = endings;
        this.clock = clock;
    }

    void park(
            DSLContext tx,
            TeamId team,
            ServerId server,
            Instant at,
            Report report,
            RuntimeException failure) {
        tx.insertInto(PARKED_REPORT)
                .set(PARKED_REPORT.ID, Ids.random("rep"))
                .set(PARKED_REPORT.TEAM, team.value())
                .set(PARKED_REPORT.SERVER, server.value())
                .set(PARKED_REPORT.AT, at)
                .set(PARKED_REPORT.REPORT, Codec.write(Report.class, report))
                .set(PARKED_REPORT.ATTEMPTS, 0)
                .set(PARKED_REPORT.ERROR, text(failure))
                .set(PARKED_REPORT.NEXT_AT, clock.instant().plus(pause(0)))
                .execute();
    }

    /** Tries again those that are due. */
    void retry(TeamId team) {
        List<ParkedReportRecord> due =
                database.read(
                        team,
                        tx ->
                                tx.selectFrom(PARKED_REPORT)
                                        .where(PARKED_REPORT.TEAM.eq(team.value()))
                                        .and(PARKED_REPORT.ATTEMPTS.lt(ATTEMPTS))
                                        .and(PARKED_REPORT.NEXT_AT.le(clock.instant()))
                                        .orderBy(PARKED_REPORT.NEXT_AT)
                                        .limit(BATCH)
                                        .fetch());
        due.forEach(parked -> retry(team, parked));
    }

    private void retry(TeamId team, ParkedReportRecord parked) {
        try {
            database.write(
                    team,
                    tx -> {
                        endings.dispatch(
                                tx,
                                team,
                                new ServerId(parked.getServer()),
                                parked.getAt(),
                                Codec.read(Report.class, parked.getReport()));
                        return tx.deleteFrom(PARKED_REPORT)
                                .where(PARKED_REPORT.TEAM.eq(team.value()))
                                .and(PARKED_REPORT.ID.eq(parked.getId()))
                                .execute();
                    });
            LOG.info("parked report={} of server={} done", parked.getId(), parked.getServer());
        } catch (RuntimeException failure) {
            int attempts = parked.getAttempts() + 1;
            LOG.error(
                    "parked report={} of server={} failed, attempt {} of {}",
                    parked.getId(),
                    parked.getServer(),
                    attempts,
                    ATTEMPTS,
                    failure);
            postpone(team, parked, attempts, failure);
        }
    }

    private void postpone(
            TeamId team, ParkedReportRecord parked, int attempts, RuntimeException failure) {
        database.write(
                team,
                tx ->
                        tx.update(PARKED_REPORT)
                                .set(PARKED_REPORT.ATTEMPTS, attempts)
                                .set(PARKED_REPORT.ERROR, text(failure))
                                .set(PARKED_REPORT.NEXT_AT, clock.instant().plus(pause(attempts)))
                                .where(PARKED_REPORT.TEAM.eq(team.value()))
                                .and(PARKED_REPORT.ID.eq(parked.getId()))
                                .execute());
    }

    private static Duration pause(int attempts) {
        return Duration.ofMinutes(Math.min(60, 1L << Math.min(attempts, 6)));
    }

    private static String text(RuntimeException failure) {
        String text = failure.toString().replace('\0', ' ');
        return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
    }
}
