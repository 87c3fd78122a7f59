package dev.escale.agent.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of {@code /etc/os-release}, or of the one that a distribution ships, see os-release(5).
 */
record OsRelease(List<String> lines) {
    /**
     * @param root of the host's files
     */
    static OsRelease of(Path root) {
        for (String place : List.of("etc/os-release", "usr/lib/os-release")) {
            try {
                return new OsRelease(Files.readAllLines(root.resolve(place)));
            } catch (IOException absent) {
                continue;
            }
        }
        return new OsRelease(List.of());
    }

    /**
     * @return such as {@code Debian GNU/Linux 12 (bookworm)}
     */
    String prettyName() {
        String pretty = value("PRETTY_NAME");
        if (!pretty.isEmpty()) {
            return pretty;
        }
        String name = (value("NAME") + " " + value("VERSION")).strip();
        return name.isEmpty() ? "Linux" : name;
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
        String inner = quoted ? value.substring(1, value.length() - 1) : value;
        return value.startsWith("'") ? inner : inner.replaceAll("\\\\(.)", "$1");
    }
}
