package dev.escale.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One measured number and what it must be below.
 *
 * @param details what it is made of: single runs, phases
 */
record Figure(
        String what, double value, String unit, @Nullable Double below, Map<String, ?> details) {
    Figure {
        details = new TreeMap<>(details);
    }

    static Figure of(String what, double value, String unit, Map<String, ?> details) {
        return new Figure(what, value, unit, null, details);
    }

    Figure below(double bound) {
        return new Figure(what, value, unit, bound, details);
    }

    /** Empty when there is no bound. */
    Optional<Boolean> good() {
        return Optional.ofNullable(below).map(bound -> value < bound);
    }

    Map<String, Object> json() {
        var json = new TreeMap<String, Object>();
        json.put("what", what);
        json.put("value", value);
        json.put("unit", unit);
        if (below != null) {
            json.put("below", below);
        }
        good().ifPresent(good -> json.put("good", good));
        json.put("details", details);
        return json;
    }
}
