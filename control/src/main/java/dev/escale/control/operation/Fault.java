package dev.escale.control.operation;

import java.util.Map;

/**
 * One thing that is wrong with the input.
 *
 * @param field path of the field, such as {@code source.url}
 * @param code has a sentence under {@code problem.<code>}
 */
public record Fault(String field, String code, Map<String, String> facts) {
    public Fault {
        facts = Map.copyOf(facts);
    }

    /**
     * @param pairs name, value, name, value …
     */
    public static Fault of(String field, String code, String... pairs) {
        return new Fault(field, code, Problem.facts(pairs));
    }
}
