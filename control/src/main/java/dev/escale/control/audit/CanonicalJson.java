package dev.escale.control.audit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one canonical form of RFC 8785: members sorted by UTF-16 code units, no white space,
 * shortest escapes. For texts, whole numbers, null and objects of these, which is all that an audit
 * entry holds.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String write(Map<String, ? extends @Nullable Object> object) {
        var text = new StringBuilder();
        object(object, text);
        return text.toString();
    }

    private static void object(Map<?, ? extends @Nullable Object> object, StringBuilder text) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        object.forEach((name, value) -> sorted.put((String) name, value));
        char separator = '{';
        for (var member : sorted.entrySet()) {
            text.append(separator);
            string(member.getKey(), text);
            text.append(':');
            value(member.getValue(), text);
            separator = ',';
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void value(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case String string -> string(string, text);
            case Long number -> number(number, text);
            case Map<?, ?> object -> object(object, text);
            default -> throw new IllegalArgumentException("not in an entry: " + value.getClass());
        }
    }

    /** Numbers are doubles in RFC 8785: beyond 2^53 they would be written otherwise. */
    private static void number(long number, StringBuilder text) {
        if (Math.abs(number) > 1L << 53) {
            throw new IllegalArgumentException("too large for canonical JSON: " + number);
        }
        text.append(number);
    }

    private static void string(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            character(string.charAt(i), text);
        }
        text.append('"');
    }

    private static void character(char character, StringBuilder text) {
        switch (character) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (character < 0x20) {
                    text.append("\\u%04x".formatted((int) character));
                } else {
                    text.append(character);
                }
            }
        }
    }
}
