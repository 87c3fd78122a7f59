package dev.escale.control.server;

import dev.escale.protocol.Metrics;
import dev.escale.protocol.Metrics.AppMetrics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The samples of one minute of one server, and their average. Not safe for threads. */
final class Minute {
    private static final int MOST = 120;

    private final Instant start;
    private final List<Metrics> samples = new ArrayList<>();

    private Minute(Instant start) {
        this.start = start;
    }

    static Minute of(Instant at) {
        return new Minute(at.truncatedTo(ChronoUnit.MINUTES));
    }

    boolean holds(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).equals(start);
    }

    void add(Metrics sample) {
        if (samples.size() < MOST) {
            samples.add(sample);
        }
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    /**
     * Totals and counts are the last ones, the rest is averaged; its time is the minute's start.
     */
    Metrics average() {
        Metrics last = samples.getLast();
        return new Metrics(
                start,
                mean(Metrics::cpu),
                mean(Metrics::load),
                meanLong(Metrics::memoryUsed),
                last.memoryTotal(),
                meanLong(Metrics::diskUsed),
                last.diskTotal(),
                meanLong(Metrics::received),
                meanLong(Metrics::sent),
                apps());
    }

    private List<AppMetrics> apps() {
        Map<String, List<AppMetrics>> byApp = new LinkedHashMap<>();
        samples.stream()
                .flatMap(sample -> sample.apps().stream())
                .forEach(app -> byApp.computeIfAbsent(app.app(), id -> new ArrayList<>()).add(app));
        return byApp.entrySet().stream()
                .map(
                        entry ->
                                new AppMetrics(
                                        entry.getKey(),
                                        entry.getValue().stream()
                                                .mapToDouble(AppMetrics::cpu)
                                                .average()
                                                .orElse(0),
                                        (long)
                                                entry.getValue().stream()
                                                        .mapToLong(AppMetrics::memory)
                                                        .average()
                                                        .orElse(0),
                                        entry.getValue().getLast().restarts()))
                .toList();
    }

    private double mean(ToDoubleFunction<Metrics> value) {
        return samples.stream().mapToDouble(value).average().orElse(0);
    }

    private long meanLong(ToLongFunction<Metrics> value) {
        return (long) samples.stream().mapToLong(value).average().orElse(0);
    }
}
