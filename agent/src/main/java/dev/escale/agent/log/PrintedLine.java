package dev.escale.agent.log;

import dev.escale.agent.secret.Masker;
import dev.escale.protocol.AppLine;
import dev.escale.protocol.Codec;
import io.avaje.jsonb.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A record of PM2's JSON log: what an app wrote at once, which may be several lines. */
@Json
record PrintedLine(String message, String timestamp) {
    private static final int LONGEST = 4096;

    /** A line that is no such record, such as PM2's own remarks, is taken as it is. */
    static List<AppLine> parse(String line, String type, InstantSource clock, Masker masker) {
        String message = line;
        Instant at = clock.instant();
        if (line.startsWith("{")) {
            try {
                PrintedLine printed = Codec.read(PrintedLine.class, line);
                message = printed.message();
                at = Instant.parse(printed.timestamp());
            } catch (Codec.Malformed | DateTimeException other) {
                message = line;
            }
        }
        Instant when = at;
        return masker.mask(message)
                .lines()
                .map(text -> new AppLine(when, type, clean(text)))
                .toList();
    }

    private static String clean(String text) {
        String whole = text.replace('\0', '\uFFFD');
        if (whole.length() <= LONGEST) {
            return whole;
        }
        boolean pair = Character.isHighSurrogate(whole.charAt(LONGEST - 1));
        return whole.substring(0, pair ? LONGEST - 1 : LONGEST);
    }
}
