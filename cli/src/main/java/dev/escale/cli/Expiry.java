package dev.escale.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something ends, as people write it. */
final class Expiry {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,4})([hdw])");

    private Expiry() {}

    /**
     * @param text hours, days or weeks from now, such as {@code 12h}, {@code 30d}, {@code 8w}; a
     *     date, to its end; or a time of RFC 3339
     * @return empty when it is none of them
     */
    static Optional<Instant> of(String text, Instant now, ZoneId zone) {
        Matcher length = LENGTH.matcher(text);
        if (length.matches()) {
            long number = Long.parseLong(length.group(1));
            return Optional.of(
                    now.plus(
                            switch (length.group(2)) {
                                case "h" -> Duration.ofHours(number);
                                case "d" -> Duration.ofDays(number);
                                default -> Duration.ofDays(7 * number);
                            }));
        }
        try {
            return Optional.of(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant());
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }
}
