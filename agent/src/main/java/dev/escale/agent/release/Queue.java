package dev.escale.agent.release;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may do something to an app, in the order in which they came: one deployment at a time, and
 * one change of what serves at a time. A deployment that builds changes nothing yet, so that the
 * app can be stopped, restarted and brought back meanwhile.
 */
final class Queue {
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Holds an app until it is closed, by the thread that took it. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The turn to deploy.
     *
     * @param urgent a rollback: the watch of a deployment before it ends early
     */
    Turn awaitDeployment(String app, boolean urgent) throws InterruptedException {
        Line line = line(app);
        Turn turn = line.take(line.deployment, urgent);
        line.hurried.set(false);
        return turn;
    }

    /**
     * The turn to change what serves; who deploys takes it in addition to his own.
     *
     * @param urgent whether the watch of a deployment that has switched ends early
     */
    Turn await(String app, boolean urgent) throws InterruptedException {
        Line line = line(app);
        return line.take(line.change, urgent);
    }

    /** What is under way need not be watched to its end. */
    void hurry(String app) {
        line(app).hurried.set(true);
    }

    /** The turn to change what serves; empty when somebody has it. */
    Optional<Turn> take(String app) {
        Line line = line(app);
        return line.change.tryLock() ? Optional.of(line.change::unlock) : Optional.empty();
    }

    boolean hurried(String app) {
        Line line = line(app);
        return line.hurried.get() || line.urgent.get() > 0;
    }

    private Line line(String app) {
        return lines.computeIfAbsent(app, _ -> new Line());
    }

    private static final class Line {
        final ReentrantLock deployment = new ReentrantLock(true);
        final ReentrantLock change = new ReentrantLock(true);
        final AtomicInteger urgent = new AtomicInteger();
        final AtomicBoolean hurried = new AtomicBoolean();

        Turn take(ReentrantLock lock, boolean isUrgent) throws InterruptedException {
            if (isUrgent) {
                urgent.incrementAndGet();
            }
            try {
                lock.lockInterruptibly();
            } finally {
                if (isUrgent) {
                    urgent.decrementAndGet();
                }
            }
            return lock::unlock;
        }
    }
}
