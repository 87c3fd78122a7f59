package dev.escale.control.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a letter.
 *
 * @param error what the mail server said, or why it was not reached; null while there is nothing
 */
public record LetterState(State state, @Nullable String error) {
    /** Stored in lower case. */
    public enum State {
        WAITING,
        SENT,
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
