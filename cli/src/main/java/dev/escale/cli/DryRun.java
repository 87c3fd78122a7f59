package dev.escale.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --dry-run}: asks for the plan instead of the deed. Mixed into commands that change. */
final class DryRun {
    @Option(names = "--dry-run", descriptionKey = "option.dryRun")
    private boolean wanted;

    /**
     * Prints the plan, if that is what was asked for.
     *
     * @return whether it was, and so nothing is left to do
     */
    boolean shown(
            ControlPlane control,
            String method,
            String path,
            @Nullable Map<String, ?> body,
            Output output) {
        if (wanted) {
            PlanText.print(control.send(method, path + "?dryRun=true", body), output);
        }
        return wanted;
    }
}
