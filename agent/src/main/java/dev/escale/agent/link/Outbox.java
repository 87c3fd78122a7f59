package dev.escale.agent.link;

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
    private final Segments segments;
    private final FileChannel keptFile;
    private final Reserve reserve;
    private long kept;

    /** A report as it is sent: the JSON of a {@link FromAgent.Durable}. */
    record Waiting(long number, String json) {}

    public Outbox(Path home, InstantSource clock) throws IOException {
        this(home, clock, BOUND, SEGMENT);
    }

    Outbox(Path home, InstantSource clock, long bound, long segmentBytes) throws IOException {
        this.folder = Files.createDirectories(home.resolve("outbox"));
        this.clock = clock;
        this.keptFile =
                FileChannel.open(
                        folder.resolve("kept"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        this.reserve = new Reserve(folder.resolve("reserve"));
        var bytes = ByteBuffer.allocate(Long.BYTES);
        long known = keptFile.read(bytes, 0) == Long.BYTES ? bytes.getLong(0) : 0;
        this.segments = new Segments(folder, bound, segmentBytes, known + 1);
        this.kept = Math.clamp(known, segments.first() - 1, segments.next() - 1);
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
        if (number <= kept || number >= segments.next()) {
            return;
        }
        try {
            kept = number;
            var bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, number);
            keptFile.write(bytes, 0);
            segments.forget(kept);
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
        return segments.next() - 1;
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
            return segments.read(from + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the outbox in " + folder, failure);
        }
    }

    /** Hands over what still waits, oldest first: to find out, after a start, what was reported. */
    public synchronized void replay(Consumer<Report> each) throws IOException {
        segments.replay(each);
    }

    @Override
    public synchronized void close() throws IOException {
        segments.close();
        keptFile.close();
    }

    private void write(Report report) throws IOException {
        segments.append(clock.instant(), Fitted.of(report));
        if (decides(report)) {
            segments.force();
            reserve.refill();
        }
        segments.keepWithinBound();
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
}
