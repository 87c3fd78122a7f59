package dev.escale.control.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the waist writes what is done. Kept by {@code audit}, which cannot be imported here. */
public interface AuditTrail {

    /**
     * Writes it, in the transaction of this thread if there is one.
     *
     * @throws RuntimeException when it cannot be written; then nothing may be done
     */
    void record(Line line);

    /**
     * @param operation the same for intent and outcome of one run
     * @param plan id of the plan that was confirmed
     * @param command id of the order to an agent
     * @param action such as {@code app.deploy}
     * @param outcome {@code done}, or the code of the problem; null in an intent
     * @param detail facts, without secrets
     */
    record Line(
            String operation,
            Phase phase,
            @Nullable String plan,
            @Nullable String command,
            Actor actor,
            String action,
            Target target,
            @Nullable String outcome,
            Map<String, String> detail) {

        public Line {
            detail = Map.copyOf(detail);
        }

        /** Something that happened by itself, such as a release that an agent took back. */
        public static Line event(
                String operation,
                Actor actor,
                String action,
                Target target,
                String outcome,
                Map<String, String> detail) {
            return new Line(
                    operation, Phase.EVENT, null, null, actor, action, target, outcome, detail);
        }
    }

    /** Stored in lower case. */
    enum Phase {
        INTENT,
        OUTCOME,
        REFUSED,
        EVENT;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
