package dev.escale.control.server;

import dev.escale.control.web.Curve;
import dev.escale.protocol.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The last day of a server.
 *
 * @param networkPeak bytes per second at the upper edge of its chart
 */
public record ServerCharts(
        Curve cpu, Curve memory, Curve disk, Curve network, double cpuPeak, long networkPeak) {

    static ServerCharts of(List<Metrics> day, Instant now, Duration span) {
        long peak = day.stream().mapToLong(ServerCharts::traffic).max().orElse(0);
        return new ServerCharts(
                curve(day, Metrics::cpu, now, span),
                curve(day, each -> share(each.memoryUsed(), each.memoryTotal()), now, span),
                curve(day, each -> share(each.diskUsed(), each.diskTotal()), now, span),
                curve(day, each -> share(traffic(each), Math.max(peak, 1)), now, span),
                day.stream().mapToDouble(Metrics::cpu).max().orElse(0),
                peak);
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
