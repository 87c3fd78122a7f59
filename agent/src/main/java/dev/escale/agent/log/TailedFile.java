package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a file that grows, and is now and then moved away or emptied. Not thread-safe. */
final class TailedFile implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int BACKLOG_BYTES = 1 << 20;

    private final Path path;
    private final ByteBuffer buffer = ByteBuffer.allocate(32 << 10);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private @Nullable Object identity;

    TailedFile(Path path) {
        this.path = path;
    }

    /**
     * Opens it so that the last lines come first.
     *
     * @param lines how many at most; fewer when they are very long
     */
    void begin(int lines) throws IOException {
        FileChannel open = open();
        if (open != null) {
            open.position(startOfLast(open, lines));
        }
    }

    /**
     * The lines that are complete by now, at most a buffer full; empty when there is nothing new.
     */
    List<String> read() throws IOException {
        var lines = new ArrayList<String>();
        FileChannel open = channel == null ? open() : channel;
        if (open == null) {
            return lines;
        }
        if (open.position() > open.size()) {
            open.position(0); // it was emptied
        }
        buffer.clear();
        int read = open.read(buffer);
        if (read <= 0) {
            if (replaced()) {
                close();
            }
            return lines;
        }
        for (int i = 0; i < read; i++) {
            byte one = buffer.get(i);
            if (one != '\n') {
                line.write(one);
            }
            if (one == '\n' || line.size() >= LONGEST_LINE) {
                lines.add(line.toString(UTF_8));
                line.reset();
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        line.reset();
        if (open != null) {
            open.close();
        }
    }

    private @Nullable FileChannel open() throws IOException {
        try {
            identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return channel;
        } catch (NoSuchFileException notYet) {
            return null;
        }
    }

    private boolean replaced() throws IOException {
        try {
            Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return now != null && !now.equals(identity);
        } catch (NoSuchFileException moved) {
            return false;
        }
    }

    /** Walks back over whole lines. */
    private static long startOfLast(FileChannel file, int lines) throws IOException {
        long size = file.size();
        long from = Math.max(0, size - BACKLOG_BYTES);
        if (lines <= 0) {
            return size;
        }
        var tail = ByteBuffer.allocate((int) (size - from));
        while (tail.hasRemaining() && file.read(tail, from + tail.position()) > 0) {
            continue;
        }
        int left = lines;
        for (int i = tail.position() - 2; i >= 0; i--) {
            if (tail.get(i) == '\n' && --left == 0) {
                return from + i + 1;
            }
        }
        return from == 0 ? 0 : size;
    }
}
