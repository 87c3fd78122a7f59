package dev.escale.control.agentlink;

import dev.escale.protocol.AppLine;
import dev.escale.protocol.FromAgent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer between a link and one reader. When the reader is slow, new lines are left out
 * and counted; the link never waits.
 */
final class AgentStream {
    static final int LINES = 5_000;
    private static final int TEXT = 16_384;

    private final Consumer<StreamPart> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<StreamPart> parts = new ArrayDeque<>();
    private int buffered;
    private long dropped;
    private boolean closed;

    AgentStream(String name, Consumer<StreamPart> consumer) {
        this.consumer = consumer;
        Thread.ofVirtual().name(name).start(this::drain);
    }

    void offer(FromAgent.Lines lines) {
        lock.lock();
        try {
            if (buffered + lines.lines().size() > LINES) {
                dropped += lines.dropped() + lines.lines().size();
                return;
            }
            parts.add(
                    new StreamPart.Lines(
                            lines.first(), lines.dropped() + dropped, bounded(lines.lines())));
            buffered += lines.lines().size();
            dropped = 0;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            if (!(parts.peekLast() instanceof StreamPart.Interrupted)) {
                parts.add(new StreamPart.Interrupted());
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        try {
            for (StreamPart part = next(); part != null; part = next()) {
                consumer.accept(part);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return null when the stream is closed
     */
    private @Nullable StreamPart next() throws InterruptedException {
        lock.lock();
        try {
            while (parts.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                return null;
            }
            StreamPart part = parts.remove();
            if (part instanceof StreamPart.Lines lines) {
                buffered -= lines.lines().size();
            }
            return part;
        } finally {
            lock.unlock();
        }
    }

    private static List<AppLine> bounded(List<AppLine> lines) {
        return lines.stream()
                .map(
                        line ->
                                line.text().length() <= TEXT
                                        ? line
                                        : new AppLine(
                                                line.at(),
                                                line.type(),
                                                line.text().substring(0, TEXT)))
                .toList();
    }
}
