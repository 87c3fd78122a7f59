package dev.escale.agent.link;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of records that only grows: each is its length, the CRC-32 of its bytes, and its bytes. A
 * record that was being written when the agent or the machine died does not check, and is cut off
 * when the file is opened. Not thread-safe.
 *
 * <p>{@link #append} hands the bytes to the kernel, so they survive {@code kill -9} of the agent;
 * only what was {@link #force}d survives a loss of power.
 *
 * <p>No {@code FileChannel}: an interrupt would close that for good, and who cancels a deployment
 * interrupts whoever is just writing what it printed.
 */
public final class RecordFile implements AutoCloseable {
    private static final int HEAD = 8;
    private static final int LONGEST = 16 << 20;

    private final Path path;
    private final RandomAccessFile file;
    private long end;
    private long forced;

    private RecordFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Gets each whole record when a file is opened. */
    @FunctionalInterface
    public interface Replay {
        void record(byte[] bytes) throws IOException;
    }

    /** Opens or makes it, readable by its owner alone. */
    public static RecordFile open(Path path, Replay replay) throws IOException {
        try {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            // it is read on from where it ends
        }
        var file = new RecordFile(path, new RandomAccessFile(path.toFile(), "rw"));
        try {
            file.replay(replay);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
        return file;
    }

    public void append(byte[] record) throws IOException {
        if (record.length > LONGEST) {
            throw new IOException("a record of " + record.length + " bytes is too long");
        }
        var frame = ByteBuffer.allocate(HEAD + record.length);
        frame.putInt(record.length).putInt(crc(record)).put(record);
        try {
            file.seek(end);
            file.write(frame.array());
        } catch (IOException full) {
            file.setLength(end);
            throw full;
        }
        end += frame.capacity();
    }

    public void force() throws IOException {
        if (forced < end) {
            file.getFD().sync();
            forced = end;
        }
    }

    public long size() {
        return end;
    }

    /**
     * @return null at the end, or when what stands there does not check
     */
    byte @Nullable [] read(long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (!fill(head, position)) {
            return null;
        }
        int length = head.getInt();
        int crc = head.getInt();
        if (length < 0 || length > LONGEST) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(body, position + HEAD) || crc(body.array()) != crc) {
            return null;
        }
        return body.array();
    }

    /**
     * @return where the record after this one begins
     */
    static long after(long position, byte[] record) {
        return position + HEAD + record.length;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void replay(Replay replay) throws IOException {
        for (byte[] record; (record = read(end)) != null; ) {
            end = after(end, record);
            replay.record(record);
        }
        if (file.length() > end) {
            System.getLogger(RecordFile.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: cut off {1} bytes of a record that was never finished",
                            path,
                            file.length() - end);
            file.setLength(end);
        }
        forced = 0;
    }

    private boolean fill(ByteBuffer buffer, long position) throws IOException {
        file.seek(position);
        while (buffer.hasRemaining()) {
            int read = file.read(buffer.array(), buffer.position(), buffer.remaining());
            if (read < 0) {
                return false;
            }
            buffer.position(buffer.position() + read);
        }
        buffer.flip();
        return true;
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
