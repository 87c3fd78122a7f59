package dev.escale.control.server;

import static dev.escale.control.db.schema.Tables.METRIC_SAMPLE;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One measurement a minute, for a day. */
final class MetricSamples {
    static final Duration KEPT = Duration.ofDays(1);

    private final Database database;

    MetricSamples(Database database) {
        this.database = database;
    }

    /** Also forgets what is older than a day, of other servers, too. */
    void add(TeamId team, ServerId server, Metrics average) {
        database.write(
                team,
                tx -> {
                    tx.deleteFrom(METRIC_SAMPLE)
                            .where(METRIC_SAMPLE.TEAM.eq(team.value()))
                            .and(METRIC_SAMPLE.TAKEN_AT.lt(average.at().minus(KEPT)))
                            .execute();
                    return tx.insertInto(METRIC_SAMPLE)
                            .set(METRIC_SAMPLE.TEAM, team.value())
                            .set(METRIC_SAMPLE.SERVER, server.value())
                            .set(METRIC_SAMPLE.TAKEN_AT, average.at())
                            .set(METRIC_SAMPLE.SAMPLE, Codec.write(Metrics.class, average))
                            .onConflict(METRIC_SAMPLE.SERVER, METRIC_SAMPLE.TAKEN_AT)
                            .doNothing()
                            .execute();
                });
    }

    /** Oldest first. */
    List<Metrics> since(TeamId team, ServerId server, Instant from) {
        return database.read(
                team,
                tx ->
                        tx.select(METRIC_SAMPLE.SAMPLE)
                                .from(METRIC_SAMPLE)
                                .where(METRIC_SAMPLE.TEAM.eq(team.value()))
                                .and(METRIC_SAMPLE.SERVER.eq(server.value()))
                                .and(METRIC_SAMPLE.TAKEN_AT.ge(from))
                                .orderBy(METRIC_SAMPLE.TAKEN_AT)
                                .fetch(row -> Codec.read(Metrics.class, row.value1())));
    }
}
