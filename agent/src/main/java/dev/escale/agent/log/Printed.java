package dev.escale.agent.log;

import dev.escale.protocol.Codec;
import io.avaje.jsonb.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of PM2's JSON log: what an app wrote at once, which may be many lines, or a part of one.
 *
 * @param process {@code <slug>-<release>}
 */
@Json
record Printed(
        String message,
        @Nullable String timestamp,
        @Json.Property("app_name") @Nullable String process) {

    /** A JSON reader takes texts of at most 50,000 characters; a pipe gives 65,536 at once. */
    private static final int LONG = 40_000;

    private static final String HEAD = "{\"message\":\"";
    private static final String TAIL = "\",\"timestamp\":\"";

    /**
     * @return empty when it is no such record, such as PM2's own remarks
     */
    static Optional<Printed> of(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(line.length() > LONG ? ofLong(line) : whole(line));
        } catch (Codec.Malformed | IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private static Printed whole(String line) {
        return Codec.read(Printed.class, line);
    }

    /** Quotes in the message are escaped, so what follows it cannot stand in it. */
    private static Printed ofLong(String line) {
        int end = line.lastIndexOf(TAIL);
        if (!line.startsWith(HEAD) || end < HEAD.length()) {
            return whole(line);
        }
        Printed rest = whole(HEAD + line.substring(end));
        return new Printed(unescaped(line, HEAD.length(), end), rest.timestamp(), rest.process());
    }

    private static String unescaped(String line, int from, int to) {
        var text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char one = line.charAt(i);
            if (one != '\\' || i + 1 == to) {
                text.append(one);
                continue;
            }
            char escaped = line.charAt(++i);
            if (escaped == 'u' && i + 4 < to) {
                text.append((char) HexFormat.fromHexDigits(line, i + 1, i + 5));
                i += 4;
            } else {
                text.append(meaning(escaped));
            }
        }
        return text.toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    /**
     * @param before when there is no time
     */
    Instant at(Instant before) {
        try {
            return timestamp == null ? before : Instant.parse(timestamp);
        } catch (DateTimeException nonsense) {
            return before;
        }
    }

    /**
     * @return null when the name does not tell it
     */
    @Nullable Long release() {
        String name = process;
        if (name == null) {
            return null;
        }
        try {
            return Long.valueOf(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException other) {
            return null;
        }
    }
}
