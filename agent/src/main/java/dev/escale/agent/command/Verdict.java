package dev.escale.agent.command;

import dev.escale.protocol.Command;
import dev.escale.protocol.Note;

/** What the agent thinks of a command that came. */
sealed interface Verdict {
    /**
     * To be run.
     *
     * @param payload the signed text
     */
    record Fresh(Command command, JournalEntry entry, String payload) implements Verdict {}

    /** It came before, byte for byte. */
    record Known(JournalEntry entry) implements Verdict {}

    record Refused(String id, Note reason) implements Verdict {}

    /** Signed and for us, but of a protocol that we do not know. */
    record NotUnderstood(String id) implements Verdict {}

    /** Not even an id to answer to. */
    record Nonsense(String why) implements Verdict {}
}
