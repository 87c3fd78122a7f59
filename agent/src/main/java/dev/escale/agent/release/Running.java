package dev.escale.agent.release;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deployment, from when it is expected to its end, and what may stop it. Until {@link #commit}
 * it can be stopped, also before it has begun; the switch and all that follows runs to its end.
 */
final class Running {
    /** Why it was stopped. */
    enum Stop {
        NONE,
        CANCELLED,
        TIMED_OUT
    }

    private final String deployment;
    private final String app;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Duration limit = Duration.ZERO;
    private @Nullable Thread thread;
    private Stop stop = Stop.NONE;
    private boolean committed;

    Running(String deployment, String app) {
        this.deployment = deployment;
        this.app = app;
    }

    String deployment() {
        return deployment;
    }

    String app() {
        return app;
    }

    Note timedOut() {
        return Note.of(Notes.DEPLOYMENT_TIMED_OUT, "seconds", Long.toString(limit.toSeconds()));
    }

    /** This thread is the deployment's from now on; one that was stopped before is at once. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (stop != Stop.NONE) {
            thread.interrupt();
        }
    }

    synchronized boolean begun() {
        return thread != null;
    }

    /** Ends by itself when the time is up and it has not switched. */
    void limit(Duration time) {
        limit = time;
        Thread.ofVirtual()
                .name("limit of " + deployment)
                .start(
                        () -> {
                            try {
                                if (!over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                                    stop(Stop.TIMED_OUT);
                                }
                            } catch (InterruptedException never) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /**
     * @return false when it is too late
     */
    synchronized boolean stop(Stop why) {
        if (!committed && stop == Stop.NONE && over.getCount() > 0) {
            stop = why;
            if (thread != null) {
                thread.interrupt();
            }
        }
        return stop != Stop.NONE;
    }

    /** From here on nothing stops it. */
    synchronized void commit() throws InterruptedException {
        if (stop != Stop.NONE || Thread.interrupted()) {
            throw new InterruptedException();
        }
        committed = true;
    }

    /** Why it was stopped; clears the interrupt, so that cleaning up is not hit by it. */
    synchronized Stop stopped() {
        if (stop != Stop.NONE) {
            Thread.interrupted();
        }
        return stop;
    }

    void over() {
        over.countDown();
    }

    void awaitEnd() throws InterruptedException {
        over.await();
    }
}
