package dev.escale.control.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Moments as a reader says them. The words are those of {@code Intl.RelativeTimeFormat}, with which
 * the browser keeps them true.
 */
final class Moments {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Moments() {}

    /**
     * @param unit key of the sentence, such as {@code page.time.minutesAgo}
     */
    record Relative(String unit, long count) {}

    static Relative relative(Instant moment, Instant now) {
        long seconds = Duration.between(moment, now).toSeconds();
        String direction = seconds < 0 ? "In" : "Ago";
        long distance = Math.abs(seconds);
        if (distance < 10) {
            return new Relative("page.time.now", 0);
        }
        if (distance < MINUTE) {
            return new Relative("page.time.seconds" + direction, distance);
        }
        if (distance < HOUR) {
            return new Relative("page.time.minutes" + direction, distance / MINUTE);
        }
        if (distance < DAY) {
            return new Relative("page.time.hours" + direction, distance / HOUR);
        }
        // what ends in 30 days less a moment ends in 30
        long days = (seconds < 0 ? distance + HOUR : distance) / DAY;
        return new Relative("page.time.days" + direction, days);
    }

    /**
     * To the second, with the zone's name.
     *
     * @param zone null: UTC
     */
    static String absolute(Locale language, @Nullable ZoneId zone, Instant moment) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(region(language))
                        .format(moment.atZone(orUtc(zone)))
                + " "
                + clock(language, zone, moment);
    }

    /** Time of day, with the zone's name. */
    static String clock(Locale language, @Nullable ZoneId zone, Instant moment) {
        return DateTimeFormatter.ofPattern("HH:mm:ss z", region(language))
                .format(moment.atZone(orUtc(zone)));
    }

    /** Time of day alone. */
    static String clock(@Nullable ZoneId zone, Instant moment) {
        return DateTimeFormatter.ofPattern("HH:mm:ss").format(moment.atZone(orUtc(zone)));
    }

    private static ZoneId orUtc(@Nullable ZoneId zone) {
        return zone == null ? UTC : zone;
    }

    /** Day before month, as most English readers outside America write it. */
    private static Locale region(Locale language) {
        return language.getLanguage().equals("en") ? Locale.UK : language;
    }
}
