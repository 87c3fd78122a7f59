package dev.escale.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random time up to a limit that doubles from one second to
 * a minute, and never under half a second, so that a thousand agents do not come back together.
 */
final class Backoff {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long limit = Math.min(MOST.toMillis(), 1000L << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(random.nextLong(LEAST.toMillis(), limit + 1));
    }

    /** A control plane that says no is asked again every one to five minutes. */
    Duration afterRefusal() {
        return Duration.ofMillis(random.nextLong(60_000, 300_001));
    }

    void reset() {
        failures = 0;
    }
}
