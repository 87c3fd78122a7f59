package dev.escale.agent.build.source;

import dev.escale.protocol.Note;
import java.util.List;

/**
 * A commit whose files lie in the release's folder.
 *
 * @param commit full SHA-1
 * @param subject first line of its message
 */
public record Checkout(String commit, String subject, String author, List<Note> warnings) {
    public Checkout {
        warnings = List.copyOf(warnings);
    }
}
