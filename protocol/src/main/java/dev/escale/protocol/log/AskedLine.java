package dev.escale.protocol.log;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line with what several terms ask of it, made when first asked. Not thread-safe. */
final class AskedLine {
    private static final Pattern COLOUR = Pattern.compile("\\e\\[[0-9;:]*[A-Za-z]");

    private final LogLine line;
    private @Nullable String plain;
    private @Nullable String lower;
    private @Nullable Map<String, String> inside;

    AskedLine(LogLine line) {
        this.line = line;
    }

    LogLevel level() {
        return line.level();
    }

    /** Without colours. */
    String plain() {
        String text = plain;
        if (text == null) {
            text =
                    line.text().indexOf('\u001B') < 0
                            ? line.text()
                            : COLOUR.matcher(line.text()).replaceAll("");
            plain = text;
        }
        return text;
    }

    String lower() {
        String text = lower;
        if (text == null) {
            text = plain().toLowerCase(Locale.ROOT);
            lower = text;
        }
        return text;
    }

    /**
     * @return null when the line has no such field
     */
    @Nullable String field(String name) {
        return switch (name) {
            case "level" -> line.level().text();
            case "type" -> line.type();
            case "app" -> line.app();
            case "release" -> line.release() == null ? null : Long.toString(line.release());
            case "file" -> line.file();
            default -> {
                String found = line.fields().get(name);
                yield found == null ? inside().get(name) : found;
            }
        };
    }

    private Map<String, String> inside() {
        Map<String, String> fields = inside;
        if (fields == null) {
            fields = JsonFields.of(plain());
            inside = fields;
        }
        return fields;
    }
}
