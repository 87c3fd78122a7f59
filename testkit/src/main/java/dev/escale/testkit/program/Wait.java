package dev.escale.testkit.program;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for something to become true, and no longer than that. */
public final class Wait {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Wait() {}

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    /**
     * Asks until there is an answer that is not null.
     *
     * @param what ends the sentence "not within 30 s: …"
     */
    public static <T> T until(String what, Duration limit, Supplier<@Nullable T> question) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
