package dev.escale.bench;

import dev.escale.testkit.Repository;
import dev.escale.testkit.control.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table on the screen and the JSON in {@code target/bench}. */
final class Report {
    private Report() {}

    static void write(String name, List<Figure> figures) {
        try {
            Path folder = Files.createDirectories(Repository.root().resolve("target/bench"));
            Files.writeString(
                    folder.resolve(name + ".json"),
                    Json.write(
                                    Map.of(
                                            "name", name,
                                            "at", Instant.now().toString(),
                                            "cpus", Runtime.getRuntime().availableProcessors(),
                                            "figures", figures.stream().map(Figure::json).toList()))
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String table(List<Figure> figures) {
        var text = new StringBuilder(line("figure", "value", "bound", ""));
        for (Figure figure : figures) {
            text.append(
                    line(
                            figure.what(),
                            number(figure.value()) + " " + figure.unit(),
                            bound(figure.below(), figure.unit()),
                            figure.good().map(good -> good ? "ok" : "MISSED").orElse("")));
        }
        return text.toString();
    }

    private static String bound(@Nullable Double below, String unit) {
        return below == null ? "" : "< " + number(below) + " " + unit;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }

    private static String line(String what, String value, String bound, String verdict) {
        return String.format("%-58s %14s  %14s  %s%n", what, value, bound, verdict);
    }
}
