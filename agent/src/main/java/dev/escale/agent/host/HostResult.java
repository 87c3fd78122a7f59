package dev.escale.agent.host;

import java.time.Duration;

/**
 * What became of a {@link HostCommand}. {@code out} and {@code err} are UTF-8, repaired, and cut at
 * the command's bound.
 */
public sealed interface HostResult {
    String out();

    String err();

    /**
     * @param code exit code; 128 + n when signal n ended it
     */
    record Finished(int code, String out, String err) implements HostResult {}

    /** The whole process tree was killed after this time. */
    record TimedOut(Duration after, String out, String err) implements HostResult {}

    /** The process tree reached its memory limit and the kernel ended it. */
    record OutOfMemory(long limitBytes, String out, String err) implements HostResult {}

    /** There is no such program, or it may not be run. */
    record NotStarted(String reason) implements HostResult {
        @Override
        public String out() {
            return "";
        }

        @Override
        public String err() {
            return reason;
        }
    }

    default boolean succeeded() {
        return this instanceof Finished finished && finished.code() == 0;
    }

    /** For a person: exit code or reason, with the first line of what it said. */
    default String summary() {
        String said = (err().isBlank() ? out() : err()).strip().lines().findFirst().orElse("");
        String how =
                switch (this) {
                    case Finished finished -> "exit code " + finished.code();
                    case TimedOut timedOut -> "no end after " + timedOut.after().toSeconds() + " s";
                    case OutOfMemory full -> "over " + (full.limitBytes() >> 20) + " MB of memory";
                    case NotStarted _ -> "not started";
                };
        return said.isEmpty() ? how : how + ": " + said;
    }
}
