package dev.escale.agent.log;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many more lines a reader takes. Thread-safe. */
final class Credit {
    private static final int MOST = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private int lines;

    void give(int more) {
        lock.lock();
        try {
            lines = (int) Math.min(MOST, (long) lines + Math.max(0, more));
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Until there is some. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (lines <= 0) {
                given.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for some, and uses it.
     *
     * @param wanted at most; 0 waits for nothing
     * @return how many, at least 1 when any are wanted
     */
    int take(int wanted) throws InterruptedException {
        if (wanted == 0) {
            return 0;
        }
        lock.lock();
        try {
            await();
            int taken = Math.min(lines, wanted);
            lines -= taken;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
