package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports on their way up, on disk until the control plane has kept them. Numbers count from 1 for
 * the life of the folder.
 *
 * <p>What survives what: a report that {@link #append} took survives {@code kill -9}, as the kernel
 * has it. Against a loss of power, the disk is forced before a report leaves the machine (so a
 * number that the control plane has seen is never given to another report) and at once for those
 * that decide something. Build output alone is not worth a disk flush per line.
 *
 * <p>When {@code bound} bytes are reached, build output goes first, the oldest before the newer; if
 * that is not enough, the oldest reports whole. {@link Report.Dropped} stands in their place.
 */
public final class Outbox implements AutoCloseable {
    public static final long BOUND = 64L << 20;
    private static final long SEGMENT = 1L << 20;

    private final Path folder;
    private final InstantSource clock;
    private final long bound;
    private final long segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final FileChannel keptFile;
    private final Reserve reserve;
    private long kept;
    private @Nullable Cursor cursor;

    /** Where the report of this number stands. */
    private record Cursor(Segment segment, long number, long position) {}

    /** A report as it is sent: the JSON of a {@link FromAgent.Durable}. */
    record Waiting(long number, String json) {}

    public Outbox(Path home, InstantSource clock) throws IOException {
        this(home, clock, BOUND, SEGMENT);
    }

    Outbox(Path home, InstantSource clock, long bound, long segmentBytes) throws IOException {
        this.folder = Files.createDirectories(home.resolve("outbox"));
        this.clock = clock;
        this.bound = bound;
        this.segmentBytes = segmentBytes;
        this.keptFile =
                FileChannel.open(
                        folder.resolve("kept"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        this.reserve = new Reserve(folder.resolve("reserve"));
        open();
        reserve.refill();
    }

    /** Returns when the report will survive the agent. */
    public synchronized void append(Report report) {
        try {
            write(report);
        } catch (IOException failure) {
            writeFromReserve(report, failure);
        }
        notifyAll();
    }

    /** Forgets the report of this number and all before it. */
    public synchronized void kept(long number) {
        if (number <= kept || number >= last().next()) {
            return;
        }
        try {
            kept = number;
            var bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, number);
            keptFile.write(bytes, 0);
            while (segments.size() > 1 && segments.getFirst().next() <= kept + 1) {
                segments.removeFirst().delete();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tidy the outbox in " + folder, failure);
        }
        notifyAll();
    }

    /** The number of the last report that the control plane keeps. */
    public synchronized long kept() {
        return kept;
    }

    /** The number of the last report written. */
    public synchronized long written() {
        return last().next() - 1;
    }

    /**
     * @return whether all that is written now was kept within the time
     */
    public synchronized boolean awaitKept(java.time.Duration patience) throws InterruptedException {
        long target = written();
        long end = System.nanoTime() + patience.toNanos();
        while (kept < target) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Wakes who waits in {@link #next}, to look around. */
    synchronized void nudge() {
        notifyAll();
    }

    /**
     * The first report above this number; waits for one, and until it may be sent, up to some time.
     * It is forced to disk before it is handed out.
     *
     * @param ready whether one may be sent now
     * @return null when there is none yet
     */
    synchronized @Nullable Waiting next(long above, BooleanSupplier ready, long patienceMillis)
            throws InterruptedException {
        if (Math.max(above, kept) >= written() || !ready.getAsBoolean()) {
            wait(patienceMillis);
        }
        long from = Math.max(above, kept);
        if (from >= written() || !ready.getAsBoolean()) {
            return null;
        }
        try {
            return read(from + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the outbox in " + folder, failure);
        }
    }

    /** Hands over what still waits, oldest first: to find out, after a start, what was reported. */
    public synchronized void replay(Consumer<Report> each) throws IOException {
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
    public synchronized void close() throws IOException {
        for (Segment segment : segments) {
            segment.file().force();
            segment.close();
        }
        keptFile.close();
    }

    private void write(Report report) throws IOException {
        Segment segment = roomy();
        segment.append(Segment.json(segment.next(), clock.instant(), report));
        if (decides(report)) {
            segment.file().force();
            reserve.refill();
        }
        if (size() > bound) {
            shrink();
        }
    }

    /** On a full disk, output is lost and the rest is not. */
    private void writeFromReserve(Report report, IOException failure) {
        try {
            if (report instanceof Report.Output || !reserve.release()) {
                throw failure;
            }
            write(report);
        } catch (IOException still) {
            throw new UncheckedIOException("cannot write the outbox in " + folder, still);
        }
    }

    private void open() throws IOException {
        try (var paths = Files.list(folder)) {
            for (Path path : paths.filter(Segment::isSegment).sorted().toList()) {
                segments.addLast(Segment.open(path));
            }
        }
        var bytes = ByteBuffer.allocate(Long.BYTES);
        kept = keptFile.read(bytes, 0) == Long.BYTES ? bytes.getLong(0) : 0;
        if (segments.isEmpty()) {
            segments.addLast(Segment.begin(folder, kept + 1));
        }
        kept = Math.clamp(kept, segments.getFirst().first() - 1, last().next() - 1);
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

    private static boolean decides(Report report) {
        return switch (report) {
            case Report.CommandDone _,
                    Report.Switched _,
                    Report.Ended _,
                    Report.CertificateWanted _ ->
                    true;
            case Report.StepChanged _,
                    Report.Output _,
                    Report.Detected _,
                    Report.AppChanged _,
                    Report.Dropped _ ->
                    false;
        };
    }

    private @Nullable Waiting read(long number) throws IOException {
        Cursor at = seek(number);
        byte[] record = at.segment().file().read(at.position());
        if (record == null) {
            throw new IOException("report " + number + " cannot be read back");
        }
        at.segment().file().force();
        cursor = new Cursor(at.segment(), at.number() + 1, RecordFile.after(at.position(), record));
        return new Waiting(at.number(), new String(record, UTF_8));
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
