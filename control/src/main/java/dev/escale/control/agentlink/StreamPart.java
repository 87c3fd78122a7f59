package dev.escale.control.agentlink;

import dev.escale.protocol.AppLine;
import java.util.List;

/** What a follower of an app's output gets. */
public sealed interface StreamPart {
    /**
     * @param first number of the first line, from 1 within one connection of the server, dropped
     *     lines included
     * @param dropped lines left out directly before the first one, by the agent or here
     */
    record Lines(long first, long dropped, List<AppLine> lines) implements StreamPart {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The server is away. Lines come again when it is back, counted from 1; what the app printed
     * meanwhile is not among them.
     */
    record Interrupted() implements StreamPart {}
}
