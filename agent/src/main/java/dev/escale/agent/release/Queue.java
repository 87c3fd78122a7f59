package dev.escale.agent.release;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** One change at a time for each app, in the order in which they came. */
final class Queue {
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Holds an app until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param urgent a rollback: the watch of a deployment before it ends early
     */
    Turn await(String app, boolean urgent) throws InterruptedException {
        Line line = line(app);
        if (urgent) {
            line.urgent.incrementAndGet();
        }
        try {
            line.lock.lockInterruptibly();
        } finally {
            if (urgent) {
                line.urgent.decrementAndGet();
            }
        }
        line.hurried.set(false);
        return line.lock::unlock;
    }

    /** What is under way need not be watched to its end. */
    void hurry(String app) {
        line(app).hurried.set(true);
    }

    /** Empty when something is under way. */
    Optional<Turn> take(String app) {
        Line line = line(app);
        return line.lock.tryLock() ? Optional.of(line.lock::unlock) : Optional.empty();
    }

    boolean hurried(String app) {
        Line line = line(app);
        return line.hurried.get() || line.urgent.get() > 0;
    }

    private Line line(String app) {
        return lines.computeIfAbsent(app, _ -> new Line());
    }

    private static final class Line {
        final ReentrantLock lock = new ReentrantLock(true);
        final AtomicInteger urgent = new AtomicInteger();
        final AtomicBoolean hurried = new AtomicBoolean();
    }
}
