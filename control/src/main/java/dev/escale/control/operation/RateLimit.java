package dev.escale.control.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each key through so many times a minute, all at once or spread out (a token bucket).
 * Remembers a bounded number of keys; the one that was quiet for longest is forgotten first, and by
 * then mostly has its whole allowance back.
 */
public final class RateLimit {
    private static final int KEYS = 10_000;

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > KEYS;
                }
            };

    public RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * The refusal of what came too often.
     *
     * @param wait as {@link #take} answers it
     */
    public static Problem problem(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds() + (wait.toMillisPart() > 0 ? 1 : 0));
        return Problem.of(429, "request.tooMany", "seconds", Long.toString(seconds));
    }

    private record Bucket(double left, Instant at) {}

    /**
     * @return zero when it is let through, else how long to wait
     */
    public synchronized Duration take(String key) {
        Instant now = clock.instant();
        double left = left(key, now);
        buckets.put(key, new Bucket(left < 1 ? left : left - 1, now));
        return wait(left);
    }

    /** As {@link #take}, and takes nothing. */
    public synchronized Duration look(String key) {
        return wait(left(key, clock.instant()));
    }

    private double left(String key, Instant now) {
        Bucket known = buckets.getOrDefault(key, new Bucket(perMinute, now));
        double back = Duration.between(known.at(), now).toMillis() * perMinute / 60_000.0;
        return Math.min(perMinute, known.left() + Math.max(0, back));
    }

    private Duration wait(double left) {
        return left < 1
                ? Duration.ofMillis((long) Math.ceil((1 - left) * 60_000 / perMinute))
                : Duration.ZERO;
    }
}
