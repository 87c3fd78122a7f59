package dev.escale.control.deployment;

import static dev.escale.control.deployment.DeploymentState.CANCELLED;
import static dev.escale.control.deployment.DeploymentState.FAILED;
import static dev.escale.control.deployment.DeploymentState.LIVE;
import static dev.escale.control.deployment.DeploymentState.QUEUED;
import static dev.escale.control.deployment.DeploymentState.ROLLED_BACK;
import static dev.escale.control.deployment.DeploymentState.RUNNING;
import static dev.escale.control.deployment.DeploymentState.SKIPPED;
import static dev.escale.control.deployment.DeploymentState.SUPERSEDED;

import java.util.Map;
import java.util.Set;

/**
 * The allowed moves of a deployment.
 *
 * <pre>
 *            ┌──▶ superseded     a newer one came while it waited
 *            ├──▶ skipped        nothing to do
 *            ├──▶ cancelled ◀─┐
 *  queued ───┼──▶ failed ◀────┤
 *            │       ┊        │
 *            └──▶ running ────┼──▶ live ──▶ rolledBack
 *                             └────────────────▲
 * </pre>
 *
 * From queued straight to live or rolledBack goes one whose first reports are still to come, or
 * were lost on the agent. The dotted line: one that was given up by its time limit and whose
 * server, back again, reports that it serves after all; the agent's word is what is true.
 */
public final class Transitions {
    private static final Map<DeploymentState, Set<DeploymentState>> ALLOWED =
            Map.of(
                    QUEUED,
                    Set.of(RUNNING, SUPERSEDED, SKIPPED, CANCELLED, FAILED, LIVE, ROLLED_BACK),
                    RUNNING,
                    Set.of(LIVE, FAILED, CANCELLED, ROLLED_BACK),
                    LIVE,
                    Set.of(ROLLED_BACK),
                    FAILED,
                    Set.of(LIVE),
                    SKIPPED,
                    Set.of(),
                    ROLLED_BACK,
                    Set.of(),
                    CANCELLED,
                    Set.of(),
                    SUPERSEDED,
                    Set.of());

    private Transitions() {}

    public static boolean allowed(DeploymentState from, DeploymentState to) {
        return ALLOWED.getOrDefault(from, Set.of()).contains(to);
    }
}
