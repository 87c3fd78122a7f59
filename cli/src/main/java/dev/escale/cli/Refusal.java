package dev.escale.cli;

import org.jspecify.annotations.Nullable;

/**
 * Something that could not be done, in one sentence that says what to do. Ends the command with 1.
 */
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refusal(String sentence) {
        super(sentence);
    }

    public Refusal(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
