package dev.escale.control.agentlink;

import dev.escale.protocol.Note;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import java.util.List;

/** What a follower of a log gets. */
public sealed interface StreamPart {
    /**
     * Without gaps and lines it says that there is nothing so far.
     *
     * @param gaps what is missing directly before the first line
     */
    record Lines(List<LogGap> gaps, List<LogLine> lines) implements StreamPart {
        public Lines {
            gaps = List.copyOf(gaps);
            lines = List.copyOf(lines);
        }
    }

    /** The server is away. Lines go on where they stopped when it is back. */
    record Interrupted() implements StreamPart {}

    /** The server cannot go on, and lines come again only when it has been away and back. */
    record Ended(Note why) implements StreamPart {}
}
