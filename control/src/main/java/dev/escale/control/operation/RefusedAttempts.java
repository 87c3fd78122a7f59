package dev.escale.control.operation;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes down who was turned away before they came to an operation: with a token that has ended, a
 * signature that is wrong, no right to a repository. A bounded number per team and minute, so that
 * nobody fills the record from outside; the next entry says how many were passed over.
 */
public final class RefusedAttempts {
    static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AuditTrail audit;
    private final Clock clock;
    private final Map<TeamId, Window> windows = new HashMap<>();

    RefusedAttempts(AuditTrail audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param actor who it was, or says to be
     * @param outcome code of the refusal
     */
    public void record(
            Actor actor, String action, Target target, String outcome, Map<String, String> detail) {
        int before = passedOver(actor.team());
        if (before >= 0) {
            Map<String, String> facts = new LinkedHashMap<>(detail);
            if (before > 0) {
                facts.put("passedOver", Integer.toString(before));
            }
            audit.record(
                    new AuditTrail.Line(
                            Ids.random("op"),
                            AuditTrail.Phase.REFUSED,
                            null,
                            null,
                            actor,
                            action,
                            target,
                            outcome,
                            facts));
        }
    }

    /**
     * @return how many were passed over since the last entry; -1 when this one is, too
     */
    private synchronized int passedOver(TeamId team) {
        Instant now = clock.instant();
        Window known = windows.get(team);
        boolean over = known == null || !now.isBefore(known.until());
        int seen = known == null || over ? 0 : known.seen();
        int passed = known == null ? 0 : known.passed();
        boolean write = seen < MOST;
        windows.put(
                team,
                new Window(
                        known == null || over ? now.plus(WINDOW) : known.until(),
                        seen + 1,
                        write ? 0 : passed + 1));
        return write ? passed : -1;
    }

    /**
     * @param seen in this window
     * @param passed since the last entry
     */
    private record Window(Instant until, int seen, int passed) {}
}
