package dev.escale.control.app;

import dev.escale.control.agentlink.StreamPart;
import dev.escale.protocol.Note;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies an app's output to a reader. Between the two lie a few parts only: when the reader is
 * slow, the stream before it waits, and so does the server.
 */
final class LogTail {
    private static final int PARTS = 8;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);

    /** A reader of text cannot be asked whether it is still there. */
    private static final int MOST_SILENT_ROUNDS = 240;

    private final BlockingQueue<StreamPart> parts = new ArrayBlockingQueue<>(PARTS);
    private final LogFormat format;

    LogTail(LogFormat format) {
        this.format = format;
    }

    /** Blocks while the reader is behind. */
    void offer(StreamPart part) {
        try {
            parts.put(part);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param follow whether to go on after what is there already
     * @throws IOException when the reader has gone
     */
    void copy(OutputStream out, boolean follow) throws IOException, InterruptedException {
        if (follow) {
            follow(out);
        } else {
            copyWhatIsThere(out);
        }
    }

    private void copyWhatIsThere(OutputStream out) throws IOException, InterruptedException {
        StreamPart part = next(FIRST);
        while (part instanceof StreamPart.Lines) {
            write(out, text(part));
            part = next(QUIET);
        }
        if (part != null) {
            write(out, text(part));
        }
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        write(out, format.nothing());
        int silent = 0;
        while (silent < MOST_SILENT_ROUNDS) {
            StreamPart part = next(KEEPALIVE);
            String text = part == null ? "" : text(part);
            silent = text.isEmpty() ? silent + 1 : 0;
            write(out, text.isEmpty() ? format.nothing() : text);
        }
    }

    private @Nullable StreamPart next(Duration patience) throws InterruptedException {
        return parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String text(StreamPart part) {
        return switch (part) {
            case StreamPart.Interrupted() -> format.interrupted();
            case StreamPart.Ended(Note why) -> format.ended(why);
            case StreamPart.Lines lines -> {
                var text = new StringBuilder();
                lines.gaps().forEach(gap -> text.append(format.gap(gap)));
                lines.lines().forEach(line -> text.append(format.line(line)));
                yield text.toString();
            }
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
