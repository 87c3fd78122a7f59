package dev.escale.agent.log;

import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What several files said, from some place into the past. Bounded in lines and in characters;
 * whoever asks bounds it in time.
 */
final class LogSearch {
    private static final int MOST_CHARACTERS = 4 << 20;

    private final LogQuery query;
    private final @Nullable Instant since;
    private final @Nullable Instant until;

    LogSearch(LogQuery query, @Nullable Instant since, @Nullable Instant until) {
        this.query = query;
        this.since = since;
        this.until = until;
    }

    /**
     * @param lines oldest first
     * @param place before which the search goes on, for each file
     * @param more whether it could go on
     * @param scanned bytes that were read
     */
    record Found(List<LogLine> lines, Map<String, String> place, boolean more, long scanned) {}

    /**
     * @param place before which to look, for each file; files that are not named from their end
     * @param enough asked now and then: whether to give up
     */
    Found backwards(
            List<LogFile> files, Map<String, String> place, int limit, BooleanSupplier enough)
            throws IOException {
        List<FileHistory> histories = new ArrayList<>();
        try {
            for (LogFile file : files) {
                String before = place.get(file.name());
                Spot spot =
                        before == null ? Spot.of(TextReader.end(file.text())) : Spot.parse(before);
                histories.add(new FileHistory(file, query, since, until, spot));
            }
            List<LogLine> lines = newest(histories, limit, enough);
            Collections.reverse(lines);
            var places = new HashMap<String, String>();
            boolean more = false;
            long scanned = 0;
            for (int i = 0; i < files.size(); i++) {
                FileHistory history = histories.get(i);
                places.put(files.get(i).name(), history.place());
                more |= !history.exhausted();
                scanned += history.scanned();
            }
            return new Found(lines, places, more, scanned);
        } finally {
            for (FileHistory history : histories) {
                history.close();
            }
        }
    }

    private static List<LogLine> newest(
            List<FileHistory> histories, int limit, BooleanSupplier enough) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        int characters = 0;
        while (lines.size() < limit && characters < MOST_CHARACTERS) {
            FileHistory newest = null;
            LogLine line = null;
            for (FileHistory history : histories) {
                LogLine mine = history.peek(enough);
                if (mine == null && !history.exhausted()) {
                    return lines; // given up: what others have may not be the newest
                }
                if (mine != null && (line == null || mine.at().isAfter(line.at()))) {
                    newest = history;
                    line = mine;
                }
            }
            if (newest == null || line == null) {
                return lines;
            }
            newest.take();
            lines.add(line);
            characters += line.text().length();
        }
        return lines;
    }
}
