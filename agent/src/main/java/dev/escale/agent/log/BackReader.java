package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.host.GrowingText.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks back over a text, in blocks of whole records. Holds one block. Not thread-safe. */
final class BackReader implements AutoCloseable {
    /** Longer than any record that an app's output makes. */
    static final int BLOCK = 1 << 20;

    private final GrowingText text;
    private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    private @Nullable FileChannel channel;
    private @Nullable Part open;
    private long before;

    /**
     * @param before position behind the last byte that is wanted
     */
    BackReader(GrowingText text, long before) {
        this.text = text;
        this.before = before;
    }

    /**
     * Whole records.
     *
     * @param bytes valid until the next block is asked for
     * @param from index of the first byte
     * @param start position of that byte
     */
    record Block(byte[] bytes, int from, int to, long start) {

        List<RawRecord> records() {
            List<RawRecord> records = new ArrayList<>();
            int begin = from;
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n') {
                    records.add(
                            new RawRecord(
                                    start + begin - from,
                                    start + i + 1 - from,
                                    new String(bytes, begin, i - begin, UTF_8),
                                    false));
                    begin = i + 1;
                }
            }
            return records;
        }
    }

    /**
     * @return null at the beginning of the text
     */
    @Nullable Block previous() throws IOException {
        while (true) {
            Part part = part();
            if (part == null) {
                return null;
            }
            FileChannel file = channel(part);
            long end = file == null ? 0 : Math.min(before - part.start(), file.size());
            if (file == null || end <= 0) {
                before = part.start();
                continue;
            }
            Block block = read(file, part, end);
            before = block.start();
            if (block.from() < block.to()) {
                return block;
            }
        }
    }

    /** Where the last block began. */
    long position() {
        return before;
    }

    private Block read(FileChannel file, Part part, long end) throws IOException {
        long begin = Math.max(0, end - BLOCK);
        buffer.clear().limit((int) (end - begin));
        while (buffer.hasRemaining() && file.read(buffer, begin + buffer.position()) > 0) {
            continue;
        }
        byte[] bytes = buffer.array();
        int to = buffer.position();
        int from = 0;
        if (begin > 0) {
            while (from < to && bytes[from++] != '\n') {
                continue;
            }
            if (from == to && to == BLOCK) {
                // one record fills it: nobody's output, so it is left out
                return new Block(bytes, to, to, part.start() + begin);
            }
        }
        return new Block(bytes, from, to, part.start() + begin + from);
    }

    private @Nullable Part part() throws IOException {
        Part found = null;
        for (Part part : text.parts()) {
            if (part.start() < before) {
                found = part;
            }
        }
        return found;
    }

    private @Nullable FileChannel channel(Part part) throws IOException {
        if (channel != null && part.equals(open)) {
            return channel;
        }
        close();
        try {
            channel = FileChannel.open(part.path(), StandardOpenOption.READ);
            open = part;
            return channel;
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel last = channel;
        channel = null;
        open = null;
        if (last != null) {
            last.close();
        }
    }
}
