package dev.escale.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import org.jspecify.annotations.Nullable;

/** Times in tables, as the reader's language writes them, in the machine's time zone. */
final class When {
    private When() {}

    /**
     * @param time RFC 3339; null reads as nothing
     */
    static String text(@Nullable String time) {
        if (time == null) {
            return "";
        }
        try {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
                    .withLocale(Words.locale())
                    .withZone(ZoneId.systemDefault())
                    .format(Instant.parse(time));
        } catch (DateTimeParseException otherForm) {
            return time;
        }
    }
}
