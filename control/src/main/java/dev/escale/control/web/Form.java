package dev.escale.control.web;

import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a form shows: what was typed, and what was wrong with it.
 *
 * @param problem why it was refused; null before the first try
 */
public record Form(Map<String, String> values, @Nullable Problem problem) {
    public Form {
        values = Map.copyOf(values);
    }

    public static Form empty() {
        return new Form(Map.of(), null);
    }

    /**
     * @param pairs name, value, name, value …; values that are null are left out
     */
    public static Form of(@Nullable String... pairs) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String name = pairs[i];
            String value = pairs[i + 1];
            if (name != null && value != null) {
                values.put(name, value);
            }
        }
        return new Form(values, null);
    }

    public Form refused(Problem why) {
        return new Form(values, why);
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable Fault fault(String name) {
        return faults().stream()
                .filter(fault -> fault.field().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether it was refused for something that no single field is to blame for. */
    public boolean refusedAsWhole() {
        return problem != null && faults().isEmpty();
    }

    private List<Fault> faults() {
        return problem == null ? List.of() : problem.faults();
    }
}
