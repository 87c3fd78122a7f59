package dev.escale.agent.release;

import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import java.util.List;

/** No release came of it. */
public final class BuildFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Note reason;
    private final transient List<OutputLine> evidence;

    public BuildFailed(Note reason, List<OutputLine> evidence) {
        super(reason.code());
        this.reason = reason;
        this.evidence = List.copyOf(evidence);
    }

    public Note reason() {
        return reason;
    }

    public List<OutputLine> evidence() {
        return evidence;
    }
}
