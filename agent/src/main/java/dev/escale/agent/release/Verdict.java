package dev.escale.agent.release;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment ended.
 *
 * @param serving release that serves now
 */
record Verdict(
        Ending ending, @Nullable Long serving, @Nullable Note reason, List<OutputLine> evidence) {
    static Verdict live(long release) {
        return new Verdict(Ending.LIVE, release, null, List.of());
    }

    void tell(DeploymentReporter reporter) {
        reporter.ended(ending, serving, reason, evidence);
    }
}
