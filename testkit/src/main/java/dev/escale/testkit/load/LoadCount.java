package dev.escale.testkit.load;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts answers and failures of several clients; keeps the first failures word for word. */
final class LoadCount {
    private static final int KEPT = 50;
    private static final int KEPT_BODIES = 200;

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> bodies = new LinkedHashMap<>();
    private long requests;
    private long failed;
    private long slowestNanos;

    synchronized void answered(long nanos, String body) {
        requests++;
        slowestNanos = Math.max(slowestNanos, nanos);
        if (bodies.containsKey(body) || bodies.size() < KEPT_BODIES) {
            bodies.merge(body, 1L, Long::sum);
        }
    }

    synchronized void failed(String why) {
        requests++;
        failed++;
        if (failures.size() < KEPT) {
            failures.add(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + why);
        }
    }

    synchronized LoadResult result() {
        return new LoadResult(requests, failed, failures, bodies, slowestNanos / 1_000_000);
    }
}
