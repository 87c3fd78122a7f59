package dev.escale.control.operation;

import java.util.List;
import java.util.Set;

/**
 * What an operation would do.
 *
 * @param lost what cannot be had back
 * @param wayBack how to undo it
 * @param fingerprint of the state it was made from: when another plan for the same input has
 *     another one, the world has changed
 */
public record Plan(
        List<PlanItem> changes,
        List<PlanItem> restarts,
        List<PlanItem> lost,
        List<PlanItem> wayBack,
        boolean destructive,
        String fingerprint) {
    private static final Set<String> STALE =
            Set.of("plan.expired", "plan.changed", "plan.unknown", "plan.other");

    public Plan {
        changes = List.copyOf(changes);
        restarts = List.copyOf(restarts);
        lost = List.copyOf(lost);
        wayBack = List.copyOf(wayBack);
    }

    /** Whether it refuses a plan that is no longer good, so that a new one should be read. */
    public static boolean isStale(Problem problem) {
        return STALE.contains(problem.code());
    }

    /** A plan that restarts, loses and destroys nothing. */
    public static Plan of(String fingerprint, PlanItem... changes) {
        return new Plan(List.of(changes), List.of(), List.of(), List.of(), false, fingerprint);
    }
}
