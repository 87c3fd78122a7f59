package dev.escale.agent.release;

import dev.escale.protocol.Note;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reports steps as they are done.
 *
 * @param atSwitch is run when the new release serves
 */
record Course(DeploymentReporter reporter, Runnable atSwitch) {
    /** Something that may fail, with a note for those who ask how it went. */
    interface Work<R> {
        R run() throws RolloutFailed, IOException, InterruptedException;
    }

    <R> R step(Step step, Work<R> work) throws RolloutFailed, IOException, InterruptedException {
        long began = System.nanoTime();
        reporter.step(step, StepState.WORKING, null, null);
        try {
            R result = work.run();
            reporter.step(step, StepState.DONE, since(began), null);
            return result;
        } catch (RolloutFailed failure) {
            reporter.step(step, StepState.FAILED, since(began), failure.reason());
            throw failure;
        } catch (IOException failure) {
            RolloutFailed told = RolloutFailed.of(failure);
            reporter.step(step, StepState.FAILED, since(began), told.reason());
            throw told;
        } catch (InterruptedException stopped) {
            reporter.step(step, StepState.STOPPED, since(began), null);
            throw stopped;
        }
    }

    void note(Step step, @Nullable Note note) {
        reporter.step(step, StepState.WORKING, null, note);
    }

    void switched(long release, @Nullable Integer port) {
        reporter.switched(release, port);
        atSwitch.run();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
