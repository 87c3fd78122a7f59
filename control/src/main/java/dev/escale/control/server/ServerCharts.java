package dev.escale.control.server;

import dev.escale.control.web.Curve;
import dev.escale.protocol.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The last day of a server, or as much of it as was measured.
 *
 * @param since left edge
 * @param isWhole whether it is a whole day
 * @param networkPeak bytes per second at the upper edge of its chart
 */
public record ServerCharts(
        Instant since,
        boolean isWhole,
        Curve cpu,
        Curve memory,
        Curve disk,
        Curve network,
        double cpuPeak,
        long networkPeak) {
    private static final Duration LEAST = Duration.ofMinutes(10);

    static ServerCharts of(List<Metrics> day, Instant now, Duration whole) {
        Duration span = span(day, now, whole);
        long peak = day.stream().mapToLong(ServerCharts::traffic).max().orElse(0);
        return new ServerCharts(
                now.minus(span),
                span.equals(whole),
                curve(day, Metrics::cpu, now, span),
                curve(day, each -> share(each.memoryUsed(), each.memoryTotal()), now, span),
                curve(day, each -> share(each.diskUsed(), each.diskTotal()), now, span),
                curve(day, each -> share(traffic(each), Math.max(peak, 1)), now, span),
                day.stream().mapToDouble(Metrics::cpu).max().orElse(0),
                peak);
    }

    /** A server that came an hour ago is shown an hour wide. */
    private static Duration span(List<Metrics> day, Instant now, Duration whole) {
        Duration measured = day.isEmpty() ? whole : Duration.between(day.getFirst().at(), now);
        return measured.compareTo(whole) > 0
                ? whole
                : measured.compareTo(LEAST) < 0 ? LEAST : measured;
    }

    public boolean isEmpty() {
        return cpu.path().isEmpty();
    }

    private static Curve curve(
            List<Metrics> day, ToDoubleFunction<Metrics> value, Instant now, Duration span) {
        return Curve.of(day, Metrics::at, value, 1, now, span);
    }

    private static long traffic(Metrics sample) {
        return sample.received() + sample.sent();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
