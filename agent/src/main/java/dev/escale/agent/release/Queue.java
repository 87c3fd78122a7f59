package dev.escale.agent.release;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may do something to an app, in the order in which they came: one deployment builds at a time,
 * and one changes what serves at a time. A deployment that builds changes nothing yet, so that the
 * app can be stopped, restarted and brought back meanwhile; one that has switched builds no more,
 * so that the next one builds while it is watched.
 *
 * <pre>
 * first    builds ──── rolls out ── switches ── is watched, drains the old ─┐
 *          to deploy ──────────────────────┐
 *                      to change ───────────────────────────────────────────┤
 * second                                   builds ──── waits ───────────────┴ rolls out ──
 *                                          to deploy ─────────────────────────────────────
 *                                                                             to change ──
 * </pre>
 */
final class Queue {
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * Holds an app until it is closed, by the thread that took it; closing it again does nothing.
     */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Where one deployment waits.
     *
     * @param urgent a rollback: the watch of a deployment before it ends early
     */
    record Place(Queue queue, String app, boolean urgent) {
        /** The turn to deploy. */
        Turn awaitDeployment() throws InterruptedException {
            return queue.awaitDeployment(app, urgent);
        }

        /**
         * The turn to change what serves, in addition to that to deploy.
         *
         * @param waiting is told when somebody else has it
         */
        Turn awaitChange(Runnable waiting) throws InterruptedException {
            Line line = queue.line(app);
            return line.take(line.change, urgent, waiting);
        }

        Turn word() {
            return queue.word(app);
        }

        boolean hurried() {
            return queue.hurried(app);
        }
    }

    Turn awaitDeployment(String app, boolean urgent) throws InterruptedException {
        Line line = line(app);
        Turn turn = line.take(line.deployment, urgent, () -> {});
        line.hurried.set(false);
        return turn;
    }

    /**
     * The turn to change what serves.
     *
     * @param urgent whether the watch of a deployment that has switched ends early
     */
    Turn await(String app, boolean urgent) throws InterruptedException {
        Line line = line(app);
        return line.take(line.change, urgent, () -> {});
    }

    /** What is under way need not be watched to its end. */
    void hurry(String app) {
        line(app).hurried.set(true);
    }

    /** The turn to change what serves; empty when somebody has it. */
    Optional<Turn> take(String app) {
        Line line = line(app);
        return line.change.tryLock() ? Optional.of(new Held(line.change)) : Optional.empty();
    }

    /**
     * The turn to tell what serves, for the moment in which one looks and tells: without it, one
     * that only built could tell what the deployment that is watched has just taken back.
     */
    Turn word(String app) {
        Line line = line(app);
        line.word.lock();
        return new Held(line.word);
    }

    private boolean hurried(String app) {
        Line line = line(app);
        return line.hurried.get() || line.urgent.get() > 0;
    }

    private Line line(String app) {
        return lines.computeIfAbsent(app, _ -> new Line());
    }

    private static final class Line {
        final ReentrantLock deployment = new ReentrantLock(true);
        final ReentrantLock change = new ReentrantLock(true);
        final ReentrantLock word = new ReentrantLock(true);
        final AtomicInteger urgent = new AtomicInteger();
        final AtomicBoolean hurried = new AtomicBoolean();

        Turn take(ReentrantLock lock, boolean isUrgent, Runnable waiting)
                throws InterruptedException {
            if (isUrgent) {
                urgent.incrementAndGet();
            }
            try {
                if (!lock.tryLock(0, TimeUnit.SECONDS)) {
                    waiting.run();
                    lock.lockInterruptibly();
                }
            } finally {
                if (isUrgent) {
                    urgent.decrementAndGet();
                }
            }
            return new Held(lock);
        }
    }

    private static final class Held implements Turn {
        private final ReentrantLock lock;
        private boolean held = true;

        Held(ReentrantLock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                lock.unlock();
            }
        }
    }
}
