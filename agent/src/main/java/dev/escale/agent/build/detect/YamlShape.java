package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.List;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Refuses YAML that takes more to hold than to write: the values of a nested one are made by calls
 * inside of calls, and a reference repeats what it names.
 */
final class YamlShape {
    private static final int DEEPEST = 20;

    private YamlShape() {}

    /**
     * @param events of the parser, which itself needs no memory for depth
     */
    static void check(String file, Iterable<Event> events) throws BuildFailed {
        int depth = 0;
        for (Event event : events) {
            depth +=
                    switch (event.getEventId()) {
                        case MappingStart, SequenceStart -> 1;
                        case MappingEnd, SequenceEnd -> -1;
                        default -> 0;
                    };
            if (depth > DEEPEST || event.getEventId() == Event.ID.Alias) {
                String line = event.getStartMark().map(m -> "" + (m.getLine() + 1)).orElse("1");
                throw new BuildFailed(
                        Note.of(Notes.SETTINGS_TOO_COMPLEX, "file", file, "line", line), List.of());
            }
        }
    }
}
