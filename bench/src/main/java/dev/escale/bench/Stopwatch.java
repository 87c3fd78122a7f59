package dev.escale.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Time since it was made. */
final class Stopwatch {
    private final long began = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    double millis() {
        return (System.nanoTime() - began) / 1e6;
    }

    /** Asks every 5 ms. @return seconds since the start when it became true */
    double until(String what, Duration limit, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (seconds() > limit.toSeconds()) {
                throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
        return seconds();
    }
}
