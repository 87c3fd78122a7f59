package dev.escale.control.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal, without words: each door renders it once, in the reader's language, from {@code
 * problem.<code>} and {@code problem.<code>.hint}.
 *
 * @param code stable, dotted, such as {@code app.unknown}
 * @param status as in HTTP
 * @param faults everything that is wrong with the input, at once
 */
public record Problem(String code, int status, Map<String, String> facts, List<Fault> faults) {
    public Problem {
        facts = Map.copyOf(facts);
        faults = List.copyOf(faults);
    }

    /**
     * @param pairs name, value, name, value …
     */
    public static Problem of(int status, String code, String... pairs) {
        return new Problem(code, status, facts(pairs), List.of());
    }

    /** 422 with every fault of the input. */
    public static Problem invalid(List<Fault> faults) {
        return new Problem("input.invalid", 422, Map.of(), faults);
    }

    static Map<String, String> facts(String... pairs) {
        var facts = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            facts.put(pairs[i], pairs[i + 1]);
        }
        return facts;
    }
}
