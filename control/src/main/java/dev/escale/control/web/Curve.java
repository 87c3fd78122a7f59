package dev.escale.control.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A line of a chart, 480 wide and 72 high.
 *
 * @param path SVG path; empty when there are too few points
 */
public record Curve(String path) {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 72;
    private static final int POINTS = 160;

    /** Where nothing was measured for longer, the line breaks. */
    private static final Duration GAP = Duration.ofMinutes(5);

    /**
     * @param samples oldest first
     * @param most value at the upper edge
     */
    public static <T> Curve of(
            List<T> samples,
            java.util.function.Function<T, Instant> at,
            ToDoubleFunction<T> value,
            double most,
            Instant now,
            Duration span) {
        StringBuilder path = new StringBuilder();
        int step = Math.max(1, samples.size() / POINTS);
        Instant before = Instant.EPOCH;
        for (int i = 0; i < samples.size(); i += step) {
            T sample = samples.get(i);
            double age = Duration.between(at.apply(sample), now).toMillis();
            double x = WIDTH - age / span.toMillis() * WIDTH;
            double y = HEIGHT - Math.clamp(value.applyAsDouble(sample) / most, 0, 1) * (HEIGHT - 4);
            boolean away = before.plus(GAP.multipliedBy(step)).isBefore(at.apply(sample));
            path.append(away ? 'M' : 'L').append(number(x)).append(' ').append(number(y));
            before = at.apply(sample);
        }
        return new Curve(samples.size() < 2 ? "" : path.toString());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
