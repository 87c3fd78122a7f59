package dev.escale.cli.demo;

import dev.escale.cli.Refusal;
import dev.escale.cli.Words;

/** Stops a stack once, whether it ends by itself or by Ctrl-C. */
final class Stopping {
    private final LocalStack stack;
    private final Progress progress;
    private final Runnable afterwards;
    private boolean done;

    Stopping(LocalStack stack, Progress progress, Runnable afterwards) {
        this.afterwards = afterwards;
        this.stack = stack;
        this.progress = progress;
    }

    synchronized void stop() {
        if (done) {
            return;
        }
        done = true;
        progress.begin(Words.say("demo.stopping"));
        try {
            stack.close();
            afterwards.run();
            progress.end();
            progress.note(Words.say("demo.stopped"));
        } catch (Refusal refusal) {
            progress.note(String.valueOf(refusal.getMessage()));
        }
    }
}
