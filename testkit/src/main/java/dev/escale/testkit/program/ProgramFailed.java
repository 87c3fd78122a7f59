package dev.escale.testkit.program;

/** A program that a test needs ended with an error; the message carries its last words. */
public final class ProgramFailed extends RuntimeException {
    private static final int LAST_WORDS = 6_000;

    ProgramFailed(Program program, Program.Ended ended) {
        super(
                String.join(" ", program.arguments())
                        + " ended with "
                        + ended.exit()
                        + ":\n"
                        + tail(ended.output()));
    }

    private static String tail(String output) {
        return output.length() <= LAST_WORDS
                ? output
                : "…" + output.substring(output.length() - LAST_WORDS);
    }
}
