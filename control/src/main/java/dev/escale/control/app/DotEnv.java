package dev.escale.control.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lines as in a {@code .env} file: {@code NAME=value}, quoted or not, comments left out. */
final class DotEnv {
    private DotEnv() {}

    /** A line without {@code =} becomes a name without value, for the check to complain about. */
    static Map<String, String> read(String lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : lines.split("\\R")) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String pair = text.startsWith("export ") ? text.substring(7).strip() : text;
            int equals = pair.indexOf('=');
            if (equals < 0) {
                variables.put(pair, "");
            } else {
                variables.put(
                        pair.substring(0, equals).strip(),
                        unquoted(pair.substring(equals + 1).strip()));
            }
        }
        return variables;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1)
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
        }
        return value.length() >= 2 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
