package dev.escale.agent.release;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import java.io.IOException;
import java.util.List;

/** A deployment cannot go on. */
final class RolloutFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Note reason;
    private final transient List<OutputLine> evidence;

    RolloutFailed(Note reason, List<OutputLine> evidence) {
        super(reason.code() + " " + reason.facts());
        this.reason = reason;
        this.evidence = List.copyOf(evidence);
    }

    RolloutFailed(Note reason) {
        this(reason, List.of());
    }

    static RolloutFailed of(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        Note note =
                message.contains("No space left on device")
                        ? Note.of(Notes.DISK_FULL, "path", message)
                        : Note.of(Notes.HOST_FAILED, "reason", message);
        return new RolloutFailed(note);
    }

    Note reason() {
        return reason;
    }

    List<OutputLine> evidence() {
        return evidence;
    }
}
