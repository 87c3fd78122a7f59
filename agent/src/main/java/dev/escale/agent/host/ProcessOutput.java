package dev.escale.agent.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Drains both streams of a process as it runs. After the process ended, a descendant may still hold
 * them open: {@link #out()} waits a moment for the rest and then takes what there is.
 */
final class ProcessOutput implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Stream out;
    private final Stream err;

    ProcessOutput(Process process, int bound, OutputListener listener) {
        var lock = new Object();
        OutputListener oneByOne =
                text -> {
                    synchronized (lock) {
                        listener.line(text);
                    }
                };
        out = new Stream(process.getInputStream(), bound, oneByOne);
        err = new Stream(process.getErrorStream(), bound, oneByOne);
    }

    String out() throws InterruptedException {
        return out.text();
    }

    String err() throws InterruptedException {
        return err.text();
    }

    @Override
    public void close() {
        out.close();
        err.close();
    }

    private static final class Stream {
        private final InputStream from;
        private final int bound;
        private final OutputListener listener;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final Thread reader;

        Stream(InputStream from, int bound, OutputListener listener) {
            this.from = from;
            this.bound = bound;
            this.listener = listener;
            this.reader = Thread.ofVirtual().name("process output").start(this::drain);
        }

        String text() throws InterruptedException {
            reader.join(PATIENCE);
            synchronized (kept) {
                return kept.toString(UTF_8);
            }
        }

        void close() {
            try {
                from.close();
            } catch (IOException closedBefore) {
                reader.interrupt();
            }
        }

        private void drain() {
            var buffer = new byte[8192];
            try {
                for (int read; (read = from.read(buffer)) >= 0; ) {
                    keep(buffer, read);
                    split(buffer, read);
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
            if (line.size() > 0) {
                flush();
            }
        }

        private void keep(byte[] buffer, int read) {
            synchronized (kept) {
                kept.write(buffer, 0, Math.min(read, bound - Math.min(bound, kept.size())));
            }
        }

        private void split(byte[] buffer, int read) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    flush();
                } else {
                    line.write(buffer[i]);
                    if (line.size() >= LONGEST_LINE) {
                        flush();
                    }
                }
            }
        }

        private void flush() {
            String text = line.toString(UTF_8);
            line.reset();
            listener.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
