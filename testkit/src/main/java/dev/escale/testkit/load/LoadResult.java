package dev.escale.testkit.load;

import java.util.List;
import java.util.Map;

/**
 * What a load met.
 *
 * @param failures the first of them, with time and reason
 * @param bodies which bodies came and how often, in the order of their first time
 */
public record LoadResult(
        long requests,
        long failed,
        List<String> failures,
        Map<String, Long> bodies,
        long slowestMillis) {
    public LoadResult {
        failures = List.copyOf(failures);
        bodies = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(bodies));
    }
}
