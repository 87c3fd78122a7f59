package dev.escale.control.deployment;

import dev.escale.protocol.Note;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step on the page.
 *
 * @param state as in {@code data-state}
 * @param since when it began, while it works
 */
public record StepRow(
        Step step,
        String state,
        @Nullable Double seconds,
        @Nullable Instant since,
        @Nullable Note note) {
    private static final Set<Step> BUILD =
            EnumSet.of(
                    Step.FETCH,
                    Step.DETECT,
                    Step.INSTALL,
                    Step.BUILD,
                    Step.START,
                    Step.HEALTH,
                    Step.SWITCH,
                    Step.WATCH);
    private static final Set<Step> SERVE =
            EnumSet.of(Step.START, Step.HEALTH, Step.SWITCH, Step.WATCH);

    /** Those that were reported, and while it is under way those that will probably come. */
    static List<StepRow> of(Deployment deployment, List<DeploymentStep> reported) {
        Map<Step, DeploymentStep> known = new EnumMap<>(Step.class);
        reported.forEach(each -> known.put(each.step(), each));
        Set<Step> expected =
                deployment.ended()
                        ? EnumSet.noneOf(Step.class)
                        : deployment.trigger().servesKeptRelease() ? SERVE : BUILD;
        Step last = known.keySet().stream().max(Step::compareTo).orElse(null);
        List<StepRow> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            DeploymentStep each = known.get(step);
            if (each != null) {
                rows.add(of(each));
            } else if (expected.contains(step) && (last == null || step.compareTo(last) > 0)) {
                rows.add(new StepRow(step, "waiting", null, null, null));
            }
        }
        return rows;
    }

    /** End of the key of its name. */
    public String key() {
        return step.name();
    }

    private static StepRow of(DeploymentStep step) {
        return new StepRow(
                step.step(),
                step.state() == StepState.STOPPED
                        ? "off"
                        : step.state().name().toLowerCase(Locale.ROOT),
                step.seconds(),
                step.state() == StepState.WORKING ? step.changedAt() : null,
                step.note());
    }
}
