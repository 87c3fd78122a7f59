package dev.escale.control.audit;

import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Writes an outcome for what a crash cut off between intent and outcome, before the first request
 * comes. Whether it was done, half done or not at all, nobody knows any more.
 */
final class InterruptedOperations implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedOperations.class);
    private static final String OUTCOME = "interrupted";

    private final AuditLog log;
    private final TeamLookup teams;

    InterruptedOperations(AuditLog log, TeamLookup teams) {
        this.log = log;
        this.teams = teams;
    }

    @Override
    public void afterSingletonsInstantiated() {
        teams.all().forEach(this::end);
    }

    private void end(TeamId team) {
        for (AuditEntry intent : log.withoutOutcome(team)) {
            log.record(intent.outcome(OUTCOME));
            LOG.warn(
                    "was cut off by a crash action={} target={} operation={}",
                    intent.action(),
                    intent.target().id(),
                    intent.operation());
        }
    }
}
