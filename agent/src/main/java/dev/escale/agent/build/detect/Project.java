package dev.escale.agent.build.detect;

import dev.escale.protocol.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do with a repository.
 *
 * @param root folder of the app, relative to the repository; empty for its top
 * @param build command; null for none
 * @param release command before the switch; null for none
 * @param shared paths below the root
 */
public record Project(
        String root,
        Install install,
        @Nullable Command build,
        Serving serving,
        @Nullable String release,
        List<String> shared,
        Health health,
        List<Finding> findings) {
    public Project {
        shared = List.copyOf(shared);
        findings = List.copyOf(findings);
    }

    /**
     * @param packages null when nothing is to be installed
     * @param folder in which to install, relative to the repository
     * @param reusable whether the same lock file gives the same packages whatever else is in the
     *     tree
     * @param resolution all that decides, beside the lock file, which packages come
     */
    public record Install(
            @Nullable PackageManager packages, String folder, boolean reusable, String resolution) {
        static final Install NONE = new Install(null, "", false, "");
    }

    /**
     * @param text as a person would type it
     * @param folder relative to the repository
     * @param environment that the framework needs for it
     */
    public record Command(String text, String folder, Map<String, String> environment) {
        public Command {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * @param port fixed, of an app that ignores {@code PORT}; null otherwise
     */
    public record Health(@Nullable Integer port, String path, Duration timeout) {}
}
