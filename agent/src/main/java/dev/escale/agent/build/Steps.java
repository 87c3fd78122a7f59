package dev.escale.agent.build;

import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the reporter of each step's begin and end, however it ends. */
final class Steps {
    private final DeploymentReporter reporter;

    /** What is done in a step. */
    interface Body<T> {
        T run() throws BuildFailed, InterruptedException, IOException;
    }

    /** A result, and what a person should know of the step. */
    record Result<T>(T value, @Nullable Note note) {}

    Steps(DeploymentReporter reporter) {
        this.reporter = reporter;
    }

    <T> T take(Step step, Body<Result<T>> body) throws BuildFailed, InterruptedException {
        long begin = System.nanoTime();
        reporter.step(step, StepState.WORKING, null, null);
        Note reason = null;
        StepState end = StepState.FAILED;
        try {
            Result<T> result = body.run();
            reason = result.note();
            end = StepState.DONE;
            return result.value();
        } catch (BuildFailed failure) {
            reason = failure.reason();
            throw failure;
        } catch (IOException | UncheckedIOException failure) {
            reason = reason(failure);
            throw new BuildFailed(reason, List.of());
        } catch (InterruptedException stopped) {
            end = StepState.STOPPED;
            throw stopped;
        } finally {
            reporter.step(step, end, since(begin), reason);
        }
    }

    /** For what belongs to no step. */
    static <T> T guard(Body<T> body) throws BuildFailed, InterruptedException {
        try {
            return body.run();
        } catch (IOException | UncheckedIOException failure) {
            throw new BuildFailed(reason(failure), List.of());
        }
    }

    private static Note reason(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        return said.contains("No space left")
                ? Note.of(Notes.DISK_FULL, "path", said)
                : Note.of(Notes.HOST_FAILED, "reason", said);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
