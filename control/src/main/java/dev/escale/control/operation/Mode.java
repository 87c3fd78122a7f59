package dev.escale.control.operation;

/** How far an operation goes. */
public sealed interface Mode {
    Mode APPLY = new Apply();
    Mode DRY_RUN = new DryRun();

    /** Apply, and the person has seen this plan. */
    static Mode confirmed(String planId) {
        return new Confirmed(planId);
    }

    /** As a door's {@code dryRun} parameter says. */
    static Mode dryRun(boolean dryRun) {
        return dryRun ? DRY_RUN : APPLY;
    }

    record Apply() implements Mode {}

    record DryRun() implements Mode {}

    record Confirmed(String planId) implements Mode {}
}
