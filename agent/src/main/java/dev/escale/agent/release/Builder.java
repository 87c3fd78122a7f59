package dev.escale.agent.release;

/**
 * Fetches, detects and builds into the release's folder. Lives here, and not beside its
 * implementation in {@code build}, so that the two packages form no cycle.
 */
public interface Builder {
    /**
     * Blocks until the release's files are complete. Reports the steps FETCH to BUILD itself.
     *
     * @throws BuildFailed when no release comes of it; the release's folder may then be half full
     * @throws InterruptedException when cancelled; nothing of the build runs any more
     */
    ReleasePlan build(BuildRequest request, DeploymentReporter reporter)
            throws BuildFailed, InterruptedException;
}
