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

/** For a restart: its course is nobody's deployment, its end is the answer to the command. */
final class Unheard implements DeploymentReporter {
    @Override
    public void step(Step step, StepState state, @Nullable Duration took, @Nullable Note note) {}

    @Override
    public void line(String source, String text) {}

    @Override
    public void detected(String commit, String subject, String author, List<Finding> findings) {}

    @Override
    public void switched(long release, @Nullable Integer port) {}

    @Override
    public void ended(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence) {}

    @Override
    public void certificateWanted(List<String> names, String csr) {}
}
