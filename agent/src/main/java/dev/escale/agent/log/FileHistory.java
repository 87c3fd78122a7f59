package dev.escale.agent.log;

import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The matching lines of one file, newest first. Not thread-safe. */
final class FileHistory implements AutoCloseable {
    private final LogFile file;
    private final LogQuery query;
    private final Optional<Needle> needle;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final Spot before;
    private final BackReader reader;

    /** Found, newest last. */
    private final Deque<LogLine> found = new ArrayDeque<>();

    private long scanned;
    private boolean atBeginning;

    FileHistory(
            LogFile file,
            LogQuery query,
            @Nullable Instant since,
            @Nullable Instant until,
            Spot before) {
        this.file = file;
        this.query = query;
        this.needle = Needle.of(query);
        this.since = since;
        this.until = until;
        this.before = before;
        // a record of which only the first lines are wanted is read as well
        this.reader = new BackReader(file.text(), before.record() + (before.line() > 0 ? 1 : 0));
    }

    long scanned() {
        return scanned;
    }

    /** Where an older line than those that were taken would end. */
    String place() {
        LogLine next = found.peekLast();
        return next == null ? Long.toString(reader.position()) : next.next();
    }

    /** Whether it has been seen to its beginning, or to {@code since}. */
    boolean exhausted() {
        return atBeginning && found.isEmpty();
    }

    /**
     * The newest line that was not taken.
     *
     * @param enough asked between blocks: whether to give up
     * @return null when there is none, or it was given up
     */
    @Nullable LogLine peek(BooleanSupplier enough) throws IOException {
        while (found.isEmpty() && !atBeginning && !enough.getAsBoolean()) {
            fill();
        }
        return found.peekLast();
    }

    void take() {
        found.removeLast();
    }

    private void fill() throws IOException {
        BackReader.Block block = reader.previous();
        if (block == null) {
            atBeginning = true;
            return;
        }
        scanned += block.to() - block.from();
        if (needle.isPresent() && !needle.get().in(block.bytes(), block.from(), block.to())) {
            return;
        }
        List<LogLine> lines = new ArrayList<>();
        LineMaker maker = file.maker().apply(Spot.of(block.start()));
        for (RawRecord record : block.records()) {
            maker.take(record, lines);
        }
        maker.flush(lines);
        for (LogLine line : lines) {
            if (isWanted(line)) {
                found.add(line);
            }
        }
        atBeginning = since != null && !lines.isEmpty() && isBefore(lines.getFirst(), since);
    }

    private boolean isWanted(LogLine line) {
        Spot spot = Spot.parse(line.position());
        return (spot.record() < before.record()
                        || spot.record() == before.record() && spot.line() < before.line())
                && (since == null || !isBefore(line, since))
                && (until == null || isBefore(line, until))
                && query.matches(line);
    }

    private static boolean isBefore(LogLine line, Instant when) {
        return line.at().toInstant().isBefore(when);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
