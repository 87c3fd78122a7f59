package dev.escale.control.operation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts for an audit entry: short, and never a secret. */
public final class Detail {
    private static final int LONGEST = 500;

    private Detail() {}

    /**
     * @param pairs name, value, name, value …; what is null or empty is left out
     */
    public static Map<String, String> of(@Nullable Object... pairs) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            put(facts, String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return facts;
    }

    static Map<String, String> of(Plan plan) {
        return of(
                "changes", plan.changes(),
                "restarts", plan.restarts(),
                "lost", plan.lost(),
                "destructive", plan.destructive() ? "true" : null);
    }

    static Map<String, String> of(Problem problem) {
        Map<String, String> facts = new LinkedHashMap<>();
        problem.facts().forEach((name, value) -> put(facts, name, value));
        put(
                facts,
                "faults",
                problem.faults().stream().map(fault -> field(fault) + " " + fault.code()).toList());
        return facts;
    }

    /** Its first part: what comes after it, such as the name of a variable, was made up outside. */
    private static String field(Fault fault) {
        return fault.field().split("\\.", 2)[0];
    }

    private static void put(Map<String, String> facts, String name, @Nullable Object value) {
        String text = text(value);
        if (!text.isEmpty()) {
            facts.put(name, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> many ->
                    many.stream().map(Detail::text).collect(Collectors.joining(", "));
            case PlanItem item -> item.symbol() + " " + item.text().code() + facts(item);
            default -> value.toString();
        };
    }

    private static String facts(PlanItem item) {
        return item.text().facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(fact -> " " + fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining());
    }
}
