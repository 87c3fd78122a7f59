package dev.escale.agent.release;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the course of one deployment. Each call is durable: it is on disk before it returns, and
 * reaches the control plane in order.
 */
public interface DeploymentReporter {
    void step(Step step, StepState state, @Nullable Duration took, @Nullable Note note);

    /**
     * @param source {@code escale}, {@code build} or {@code app}
     * @param text one line, secrets masked already
     */
    void line(String source, String text);

    void detected(String commit, String subject, String author, List<Finding> findings);

    void switched(long release, @Nullable Integer port);

    void ended(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence);

    void certificateWanted(List<String> names, String csr);
}
