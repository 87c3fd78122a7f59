package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of the outbox, one after the other: reports are written to the last one, forgotten from
 * the first on, and thinned when all together reach the bound. Used by one thread at a time.
 */
final class Segments implements AutoCloseable {
    private final Path folder;
    private final long bound;
    private final long segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable Cursor cursor;

    /** Where the report of this number stands. */
    private record Cursor(Segment segment, long number, long position) {}

    /**
     * @param next number of the first report, when there is no file yet
     */
    Segments(Path folder, long bound, long segmentBytes, long next) throws IOException {
        this.folder = folder;
        this.bound = bound;
        this.segmentBytes = segmentBytes;
        try (var paths = Files.list(folder)) {
            for (Path path : paths.filter(Segment::isSegment).sorted().toList()) {
                segments.addLast(Segment.open(path));
            }
        }
        if (segments.isEmpty()) {
            segments.addLast(Segment.begin(folder, next));
        }
    }

    /** Number of the first report that is still there. */
    long first() {
        return segments.getFirst().first();
    }

    /** Number that the next report gets. */
    long next() {
        return last().next();
    }

    void append(Instant at, Report report) throws IOException {
        Segment segment = roomy();
        segment.append(Segment.json(segment.next(), at, report));
    }

    /** Returns when all that was written survives a loss of power. */
    void force() throws IOException {
        last().file().force();
    }

    void keepWithinBound() throws IOException {
        if (size() > bound) {
            shrink();
        }
    }

    /** Deletes what holds no report above this number. */
    void forget(long number) throws IOException {
        while (segments.size() > 1 && segments.getFirst().next() <= number + 1) {
            segments.removeFirst().delete();
        }
    }

    /** The report of this number, forced to disk. */
    Outbox.Waiting read(long number) throws IOException {
        Cursor at = seek(number);
        byte[] record = at.segment().file().read(at.position());
        if (record == null) {
            throw new IOException("report " + number + " cannot be read back");
        }
        at.segment().file().force();
        cursor = new Cursor(at.segment(), at.number() + 1, RecordFile.after(at.position(), record));
        return new Outbox.Waiting(at.number(), new String(record, UTF_8));
    }

    void replay(Consumer<Report> each) throws IOException {
        for (Segment segment : segments) {
            long position = 0;
            for (byte[] record; (record = segment.file().read(position)) != null; ) {
                position = RecordFile.after(position, record);
                if (Codec.read(FromAgent.class, new String(record, UTF_8))
                        instanceof FromAgent.Durable durable) {
                    each.accept(durable.report());
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.file().force();
            segment.close();
        }
    }

    private Segment last() {
        return segments.getLast();
    }

    private Segment roomy() throws IOException {
        Segment segment = last();
        if (segment.size() < segmentBytes) {
            return segment;
        }
        segment.file().force();
        segments.addLast(Segment.begin(folder, segment.next()));
        return last();
    }

    /** The report of this number, or the first after it where whole segments are gone. */
    private Cursor seek(long number) throws IOException {
        Cursor last = cursor;
        if (last != null && last.number() == number && number < last.segment().next()) {
            return last;
        }
        Segment segment = last();
        for (Segment one : segments) {
            if (number < one.next()) {
                segment = one;
                break;
            }
        }
        long position = 0;
        for (long at = segment.first(); at < number; at++) {
            byte[] record = segment.file().read(position);
            if (record == null) {
                throw new IOException("report " + at + " cannot be read back");
            }
            position = RecordFile.after(position, record);
        }
        return new Cursor(segment, Math.max(number, segment.first()), position);
    }

    private long size() {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.size();
        }
        return sum;
    }

    /** Makes an eighth of the bound free, so that it is not done again for each report. */
    private void shrink() throws IOException {
        cursor = null;
        long target = bound - bound / 8;
        segments.getLast().file().force();
        segments.addLast(Segment.begin(folder, last().next()));
        var remaining = new ArrayList<>(segments);
        for (int i = 0; i < remaining.size() - 1 && size() > target; i++) {
            if (!remaining.get(i).thin()) {
                remaining.set(i, remaining.get(i).thinned());
                replaceAll(remaining);
            }
        }
        while (size() > target && segments.size() > 2) {
            dropOldest();
        }
    }

    private void dropOldest() throws IOException {
        Segment oldest = segments.removeFirst();
        Segment next = segments.removeFirst();
        long gone = oldest.covered() + next.covered();
        oldest.delete();
        next.delete();
        segments.addFirst(Segment.gone(folder, next.next() - 1, gone));
    }

    private void replaceAll(ArrayList<Segment> by) {
        segments.clear();
        segments.addAll(by);
    }
}
