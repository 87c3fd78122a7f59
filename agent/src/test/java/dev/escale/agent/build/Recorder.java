package dev.escale.agent.build;

import dev.escale.agent.release.DeploymentReporter;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what was reported. */
final class Recorder implements DeploymentReporter {
    final List<String> steps = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
    String subject = "";
    long bytes;

    @Override
    public synchronized void step(
            Step step, StepState state, @Nullable Duration took, @Nullable Note note) {
        steps.add(step + " " + state);
        if (note != null) {
            notes.add(note);
        }
    }

    @Override
    public synchronized void line(String source, String text) {
        bytes += text.length();
        if (lines.size() < 10_000) {
            lines.add(source + ": " + text);
        }
    }

    @Override
    public void detected(String commit, String about, String author, List<Finding> found) {
        subject = about;
        findings.addAll(found);
    }

    @Override
    public void switched(long release, @Nullable Integer port) {
        throw new AssertionError("a build does not switch");
    }

    @Override
    public void ended(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence) {
        throw new AssertionError("a build does not end a deployment");
    }

    @Override
    public void certificateWanted(List<String> names, String csr) {
        throw new AssertionError("a build wants no certificate");
    }
}
