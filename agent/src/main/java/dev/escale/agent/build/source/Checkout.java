package dev.escale.agent.build.source;

import dev.escale.protocol.Excerpt;
import dev.escale.protocol.Note;
import java.util.List;

/**
 * A commit whose files lie in the release's folder.
 *
 * @param commit full SHA-1
 * @param subject first line of its message
 */
public record Checkout(String commit, String subject, String author, List<Note> warnings) {
    private static final int LONGEST = 500;

    /** Subject and author are cut at 500 characters: Git itself has no bound for them. */
    public Checkout {
        subject = Excerpt.of(subject, LONGEST);
        author = Excerpt.of(author, LONGEST);
        warnings = List.copyOf(warnings);
    }
}
