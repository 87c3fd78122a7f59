package dev.escale.control.source;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Problem;
import dev.escale.protocol.Note;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Talks to the person at the other end of a push, in their language, line by line. */
final class PushVoice {
    private final OutputStream out;
    private final AtomicBoolean gone;
    private final Messages messages;
    private final Locale locale;

    /**
     * @param out git's side band for progress
     * @param gone becomes true when the other end has hung up
     */
    PushVoice(OutputStream out, AtomicBoolean gone, Messages messages, Locale locale) {
        this.out = out;
        this.gone = gone;
        this.messages = messages;
        this.locale = locale;
    }

    boolean listening() {
        return !gone.get();
    }

    String text(String key) {
        return messages.text(locale, key);
    }

    String note(Note note) {
        return messages.note(locale, note);
    }

    String problem(Problem problem) {
        return messages.text(locale, "problem." + problem.code(), problem.facts());
    }

    /**
     * @param facts name, value, name, value …
     */
    void say(String key, String... facts) {
        line(messages.text(locale, key, Note.of("", facts).facts()));
    }

    void hint(String key, Map<String, String> facts) {
        messages.find(locale, key, facts).ifPresent(this::line);
    }

    /** A line of anybody's text. */
    void line(String text) {
        try {
            out.write((TerminalText.of(text) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException failure) {
            // the stream of JGit does not throw; what is below it sets the flag
            throw new UncheckedIOException(failure);
        }
    }

    Locale locale() {
        return locale;
    }
}
