package dev.escale.agent.release;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a deployment ended. What serves then is looked up when it is told. */
record Verdict(Ending ending, @Nullable Note reason, List<OutputLine> evidence) {
    static Verdict live() {
        return new Verdict(Ending.LIVE, null, List.of());
    }

    static Verdict failed(Note reason) {
        return new Verdict(Ending.FAILED, reason, List.of());
    }

    static Verdict cancelled() {
        return new Verdict(Ending.CANCELLED, Note.of(Notes.DEPLOYMENT_CANCELLED), List.of());
    }

    /**
     * @param serving release that serves now
     */
    void tell(DeploymentReporter reporter, @Nullable Long serving) {
        reporter.ended(ending, serving, reason, evidence);
    }
}
