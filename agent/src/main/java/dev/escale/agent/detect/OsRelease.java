package dev.escale.agent.detect;

import java.util.List;

/** The text of {@code /etc/os-release}, see os-release(5). */
record OsRelease(List<String> lines) {
    /**
     * @return such as {@code Debian GNU/Linux 12 (bookworm)}
     */
    String prettyName() {
        String pretty = value("PRETTY_NAME");
        return pretty.isEmpty() ? "Linux" : pretty;
    }

    private String value(String key) {
        for (String line : lines) {
            if (line.startsWith(key + "=")) {
                return unquoted(line.substring(key.length() + 1).strip());
            }
        }
        return "";
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
