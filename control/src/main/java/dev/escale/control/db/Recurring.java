package dev.escale.control.db;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Work that comes again and again, on a thread of its own: what fails is tried again in the next
 * round. See {@link Round} for one over many things.
 */
public final class Recurring implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread;
    private final Outage outage;
    private final Runnable work;

    /**
     * @param what for the log and as the name of the thread, such as {@code looking for letters}
     */
    public Recurring(String what, Logger log, Runnable work) {
        this.thread =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(what).factory());
        this.outage = new Outage(log, what);
        this.work = work;
    }

    /** The first round is after the first pause. */
    public void every(Duration pause) {
        thread.scheduleWithFixedDelay(
                () -> guarded(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One more round as soon as the thread is free. */
    public void soon() {
        thread.execute(() -> guarded(work));
    }

    /** Something else of the same kind, on this thread, now. */
    public void guarded(Runnable other) {
        try {
            other.run();
            outage.over();
        } catch (RuntimeException failure) {
            outage.met(failure);
        }
    }

    /** A round has a moment to end by itself: an interrupt would cut its connections. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
