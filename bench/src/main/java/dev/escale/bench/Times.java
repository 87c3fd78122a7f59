package dev.escale.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Seconds or milliseconds of several runs. */
record Times(List<Double> values) {
    Times {
        values = List.copyOf(values);
    }

    double median() {
        return percentile(50);
    }

    /** Nearest rank. */
    double percentile(int percent) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
