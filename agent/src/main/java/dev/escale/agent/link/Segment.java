package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A stretch of the outbox in a file of its own, named by the number of its first report. */
final class Segment implements AutoCloseable {
    private static final String SUFFIX = ".reports";

    private final long first;
    private final boolean thin;
    private final RecordFile file;
    private long count;
    private long before;

    private Segment(long first, boolean thin, Path path) throws IOException {
        this.first = first;
        this.thin = thin;
        this.file = RecordFile.open(path, _ -> count++);
    }

    static Segment open(Path path) throws IOException {
        var segment = new Segment(number(path), false, path);
        byte[] record = segment.file.read(0);
        if (record != null
                && read(record) instanceof FromAgent.Durable durable
                && durable.report() instanceof Report.Dropped dropped) {
            segment.before = dropped.reports() - 1;
        }
        return segment;
    }

    static Segment begin(Path folder, long first) throws IOException {
        return new Segment(first, false, path(folder, first));
    }

    static boolean isSegment(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    /** A segment that holds nothing but the remark that so many reports up to this one are gone. */
    static Segment gone(Path folder, long last, long reports) throws IOException {
        Files.deleteIfExists(path(folder, last));
        var segment = new Segment(last, true, path(folder, last));
        segment.append(json(last, java.time.Instant.now(), new Report.Dropped(reports)));
        segment.file.force();
        segment.before = reports - 1;
        return segment;
    }

    static byte[] json(long sequence, java.time.Instant at, Report report) {
        return Codec.write(FromAgent.class, new FromAgent.Durable(sequence, at, report))
                .getBytes(UTF_8);
    }

    /** The same reports, each piece of build output replaced by the remark that it is gone. */
    Segment thinned() throws IOException {
        Path fresh = file.path().resolveSibling(first + ".thinned");
        Files.deleteIfExists(fresh);
        try (var target = RecordFile.open(fresh, _ -> {})) {
            long position = 0;
            for (byte[] record; (record = file.read(position)) != null; ) {
                position = RecordFile.after(position, record);
                target.append(thinned(record));
            }
            target.force();
        }
        file.close();
        Files.move(fresh, file.path(), StandardCopyOption.ATOMIC_MOVE);
        return new Segment(first, true, file.path());
    }

    void append(byte[] record) throws IOException {
        file.append(record);
        count++;
    }

    RecordFile file() {
        return file;
    }

    long first() {
        return first;
    }

    /** How many reports its own and those are, for which its first stands in. */
    long covered() {
        return before + count;
    }

    /** The number that the report after this segment's last has. */
    long next() {
        return first + count;
    }

    long size() {
        return file.size();
    }

    boolean thin() {
        return thin;
    }

    void delete() throws IOException {
        file.close();
        Files.deleteIfExists(file.path());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static byte[] thinned(byte[] record) {
        return read(record) instanceof FromAgent.Durable durable
                        && durable.report() instanceof Report.Output
                ? json(durable.sequence(), durable.at(), new Report.Dropped(1))
                : record;
    }

    private static FromAgent read(byte[] record) {
        return Codec.read(FromAgent.class, new String(record, UTF_8));
    }

    private static Path path(Path folder, long first) {
        return folder.resolve("%020d%s".formatted(first, SUFFIX));
    }

    private static long number(Path path) {
        String name = path.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
}
