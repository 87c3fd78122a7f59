package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * Something to tell a person, without words: the control plane has the sentence in each language
 * under {@code note.<code>} and fills in the facts by name.
 *
 * @param code stable, dotted, such as {@code health.refused}; listed in {@link Notes}
 */
@Json
public record Note(String code, Map<String, String> facts) {
    private static final int LONGEST_FACT = 1000;

    public Note {
        facts = Map.copyOf(facts);
    }

    /**
     * @param pairs name, value, name, value …; a value over 1000 characters is cut
     */
    public static Note of(String code, String... pairs) {
        var facts = new java.util.HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            facts.put(pairs[i], Excerpt.of(pairs[i + 1], LONGEST_FACT));
        }
        return new Note(code, facts);
    }
}
