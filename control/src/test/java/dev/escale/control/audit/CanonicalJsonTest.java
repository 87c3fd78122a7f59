package dev.escale.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    /** The example of RFC 8785, section 3.2.3: sorted by UTF-16 code units. */
    @Test
    void membersAreSortedAsTheStandardsExampleHasThem() {
        Map<String, String> members =
                Map.of(
                        "\u20ac", "Euro Sign",
                        "\r", "Carriage Return",
                        "\ufb33", "Hebrew Letter Dalet With Dagesh",
                        "1", "One",
                        "\ud83d\ude00", "Emoji: Grinning Face",
                        "\u0080", "Control",
                        "\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(CanonicalJson.write(members))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                                + "\"\u20ac\":\"Euro Sign\","
                                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** The string of RFC 8785, section 3.2.2. */
    @Test
    void textsAreEscapedAsLittleAsPossible() {
        String text = "€$\017\nA'B\"\\\\\"/";

        assertThat(CanonicalJson.write(Map.of("string", text)))
                .isEqualTo("{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void nothingAndWholeNumbersAreWrittenPlainly() {
        Map<String, Object> members = new HashMap<>();
        members.put("b", null);
        members.put("a", 42L);
        members.put("c", Map.of());

        assertThat(CanonicalJson.write(members)).isEqualTo("{\"a\":42,\"b\":null,\"c\":{}}");
        assertThatThrownBy(() -> CanonicalJson.write(Map.of("x", Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
