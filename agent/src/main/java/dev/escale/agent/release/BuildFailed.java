package dev.escale.agent.release;

import dev.escale.protocol.Excerpt;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import java.util.List;

/** No release came of it. */
public final class BuildFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 2000;

    private final transient Note reason;
    private final transient List<OutputLine> evidence;

    public BuildFailed(Note reason, List<OutputLine> evidence) {
        super(reason.code());
        this.reason = reason;
        this.evidence =
                evidence.stream()
                        .limit(MOST_LINES)
                        .map(
                                line ->
                                        new OutputLine(
                                                line.millis(),
                                                line.source(),
                                                Excerpt.of(line.text(), LONGEST_LINE)))
                        .toList();
    }

    public Note reason() {
        return reason;
    }

    public List<OutputLine> evidence() {
        return evidence;
    }
}
