package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.DatabaseTrouble;
import dev.escale.protocol.FromAgent;
import java.time.Clock;
import java.time.Instant;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what must not be lost on its way up, once: the place in the agent's outbox and what the
 * listeners make of the report are one transaction.
 *
 * <p>When a listener fails, the report is tried again at once, then parked in the same transaction
 * that takes its place. When the database is the trouble, nothing is tried and the agent is not
 * told {@code Kept}: it sends the report again after a reconnect.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int ATTEMPTS = 3;

    private final Database database;
    private final LinkedServers servers;
    private final Endings endings;
    private final ParkedReports parked;
    private final Clock clock;

    Reports(
            Database database,
            LinkedServers servers,
            Endings endings,
            ParkedReports parked,
            Clock clock) {
        this.database = database;
        this.servers = servers;
        this.endings = endings;
        this.parked = parked;
        this.clock = clock;
    }

    /**
     * Returns when the report is stored, now or before.
     *
     * @throws LinkedServers.StaleLink when a newer connection has taken over
     */
    void store(Link link, FromAgent.Durable durable) {
        for (int attempt = 1; ; attempt++) {
            try {
                transact(link, durable, tx -> dispatch(tx, link, durable));
                return;
            } catch (LinkedServers.StaleLink stale) {
                throw stale;
            } catch (RuntimeException failure) {
                if (DatabaseTrouble.of(failure).isPresent()) {
                    throw failure;
                }
                if (attempt == ATTEMPTS) {
                    park(link, durable, failure);
                    return;
                }
            }
        }
    }

    private void park(Link link, FromAgent.Durable durable, RuntimeException failure) {
        LOG.error(
                "report {} {} of server={} failed {} times and is parked",
                durable.sequence(),
                durable.report().getClass().getSimpleName(),
                link.server(),
                ATTEMPTS,
                failure);
        transact(
                link,
                durable,
                tx ->
                        parked.park(
                                tx,
                                link.team(),
                                link.server(),
                                at(durable),
                                durable.report(),
                                failure));
    }

    private void transact(Link link, FromAgent.Durable durable, Work work) {
        database.write(
                link.team(),
                tx -> {
                    long missing =
                            servers.advance(
                                    tx,
                                    link.team(),
                                    link.server(),
                                    link.epoch(),
                                    durable.sequence());
                    if (missing > 0) {
                        LOG.warn(
                                "{} reports of server={} are missing before {}",
                                missing,
                                link.server(),
                                durable.sequence());
                    }
                    if (missing >= 0) {
                        work.in(tx);
                    }
                    return missing;
                });
    }

    private void dispatch(DSLContext tx, Link link, FromAgent.Durable durable) {
        endings.dispatch(tx, link.team(), link.server(), at(durable), durable.report());
    }

    private Instant at(FromAgent.Durable durable) {
        Instant now = clock.instant();
        return durable.at().isAfter(now) ? now : durable.at();
    }

    private interface Work {
        void in(DSLContext tx);
    }
}
