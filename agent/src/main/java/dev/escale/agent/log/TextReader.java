package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.host.GrowingText.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text forwards, from part to part, and waits at its end. Holds a buffer and one record,
 * whatever is written. Not thread-safe.
 */
final class TextReader implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    /** Of one record: what an app prints at once comes in pieces of 64 KB, escaped. */
    private static final int LONGEST = 512 << 10;

    /** After it was rotated away, whoever writes may still add to a part. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final GrowingText text;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final ByteArrayOutputStream record = new ByteArrayOutputStream(256);
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private Part part;
    private long at;
    private long recordStart;
    private boolean cut;
    private @Nullable Jump jump;

    /** A place where it could not go on from where it was. */
    record Jump(long from, long to, String reason) {}

    /**
     * @param position where a record begins; one that is not there any more, or not yet, is said by
     *     {@link #takeJump}
     */
    TextReader(GrowingText text, long position) throws IOException {
        this.text = text;
        this.part = text.parts().getLast();
        go(position);
    }

    /** Where a reader begins who wants what comes from now on. */
    static long end(GrowingText text) throws IOException {
        Part last = text.parts().getLast();
        try {
            return last.start() + Files.size(last.path());
        } catch (NoSuchFileException notYet) {
            return last.start();
        }
    }

    /** Of the record that comes next. */
    long position() {
        return recordStart;
    }

    /** How many bytes of this part are there to be read. */
    long behind() throws IOException {
        FileChannel open = channel;
        return open == null ? 0 : part.start() + open.size() - at;
    }

    /**
     * @return null when it went on where it was
     */
    @Nullable Jump takeJump() {
        Jump taken = jump;
        jump = null;
        return taken;
    }

    /**
     * The records that are complete by now, of at most one buffer; empty when there is nothing new
     * for the moment.
     */
    List<RawRecord> read() throws IOException {
        List<RawRecord> records = new ArrayList<>();
        FileChannel open = channel == null ? open() : channel;
        if (open == null) {
            return records;
        }
        buffer.clear();
        int read = open.read(buffer, at - part.start());
        if (read <= 0) {
            atEnd(open);
            return records;
        }
        byte[] bytes = buffer.array();
        int begin = 0;
        for (int i = 0; i < read; i++) {
            if (bytes[i] == '\n') {
                add(bytes, begin, i);
                long next = at + i + 1;
                records.add(new RawRecord(recordStart, next, record.toString(UTF_8), cut));
                record.reset();
                cut = false;
                recordStart = next;
                begin = i + 1;
            }
        }
        add(bytes, begin, read);
        at += read;
        return records;
    }

    /** Counts lines in bytes. */
    interface Count {
        long of(byte[] bytes, int length);
    }

    /**
     * Leaves out these bytes, and what then is left of a record.
     *
     * @return how many lines stood there
     */
    long skip(long bytes, Count count) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            return 0;
        }
        long lines = count.of(record.toByteArray(), record.size());
        record.reset();
        cut = false;
        long target = at + bytes;
        while (true) {
            buffer.clear();
            int read = open.read(buffer, at - part.start());
            if (read <= 0) {
                break;
            }
            int end =
                    at + read <= target ? read : endOfRecord((int) Math.max(0, target - at), read);
            lines += count.of(buffer.array(), end);
            at += end;
            if (at > target && end > 0 && buffer.get(end - 1) == '\n') {
                break;
            }
        }
        recordStart = at;
        return lines;
    }

    /** Behind the first line's end from there on; all that was read when there is none. */
    private int endOfRecord(int from, int read) {
        for (int i = from; i < read; i++) {
            if (buffer.get(i) == '\n') {
                return i + 1;
            }
        }
        return read;
    }

    /** Goes to another position; what was read of a record is forgotten. */
    void go(long position) throws IOException {
        close();
        List<Part> parts = text.parts();
        Part wanted = parts.getFirst();
        for (Part each : parts) {
            if (each.start() <= position) {
                wanted = each;
            }
        }
        part = wanted;
        at = Math.max(position, wanted.start());
        recordStart = at;
        if (at > position) {
            jump = new Jump(position, at, "gone");
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        record.reset();
        cut = false;
        if (open != null) {
            open.close();
        }
    }

    private void add(byte[] bytes, int begin, int end) {
        int room = LONGEST - record.size();
        cut |= end - begin > room;
        record.write(bytes, begin, Math.min(end - begin, room));
    }

    private @Nullable FileChannel open() throws IOException {
        try {
            identity = identity(part.path());
            channel = FileChannel.open(part.path(), StandardOpenOption.READ);
            return channel;
        } catch (NoSuchFileException gone) {
            if (!part.path().equals(text.file())) {
                go(at); // rotated away, or deleted, since it was looked for
            }
            return null;
        }
    }

    private void atEnd(FileChannel open) throws IOException {
        if (at - part.start() > open.size()) {
            begin("cut");
            return;
        }
        if (isAnother()) {
            begin("cut");
            return;
        }
        Part following = following();
        if (following != null) {
            close();
            part = following;
            at = following.start();
            recordStart = at;
        }
    }

    private void begin(String reason) throws IOException {
        jump = new Jump(recordStart, part.start(), reason);
        close();
        at = part.start();
        recordStart = at;
    }

    /** Whether somebody put another file in place of this one, without keeping it as a part. */
    private boolean isAnother() throws IOException {
        Part last = text.parts().getLast();
        return part.path().equals(text.file())
                && last.start() == part.start()
                && Files.exists(last.path())
                && !isThere();
    }

    /**
     * @return null when this part is the last, or may still grow
     */
    private @Nullable Part following() throws IOException {
        if (part.path().equals(text.file()) && isThere()) {
            return null;
        }
        List<Part> parts = text.parts();
        for (int i = 0; i < parts.size() - 1; i++) {
            if (parts.get(i).start() >= part.start()) {
                Part mine = parts.get(i).start() == part.start() ? parts.get(i) : null;
                Part next = mine == null ? parts.get(i) : parts.get(i + 1);
                boolean settled = mine == null || settled(mine.path());
                return settled && Files.exists(next.path()) ? next : null;
            }
        }
        return null;
    }

    /** Whether the file is still the one that is open. */
    private boolean isThere() throws IOException {
        try {
            return identity(text.file()).equals(identity);
        } catch (NoSuchFileException moved) {
            return false;
        }
    }

    private static boolean settled(Path path) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(path).toInstant();
            return changed.plus(SETTLED).isBefore(Instant.now());
        } catch (NoSuchFileException deleted) {
            return true;
        }
    }

    private static Object identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }
}
