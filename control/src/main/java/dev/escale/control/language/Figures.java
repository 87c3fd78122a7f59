package dev.escale.control.language;

import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Numbers with their units as readers of a language write them; figure and unit are kept together.
 */
public final class Figures {
    private static final String TOGETHER = "\u00a0";
    private static final List<String> ENGLISH = List.of("B", "kB", "MB", "GB", "TB");
    private static final List<String> FRENCH = List.of("o", "ko", "Mo", "Go", "To");

    private Figures() {}

    public static String number(Locale language, Number number) {
        return number(language, number, number instanceof Double ? 2 : 0);
    }

    /** At most so many decimals. */
    public static String number(Locale language, Number number, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(decimals);
        return format.format(number);
    }

    /**
     * @param share 0 to 1
     */
    public static String percent(Locale language, double share) {
        double percent = share * 100;
        return number(language, percent, percent < 10 ? 1 : 0)
                + (isFrench(language) ? TOGETHER : "")
                + "%";
    }

    /** With units of 1000. */
    public static String size(Locale language, long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < ENGLISH.size() - 1) {
            size /= 1000;
            unit++;
        }
        String name = (isFrench(language) ? FRENCH : ENGLISH).get(unit);
        return number(language, size, size < 100 && unit > 0 ? 1 : 0) + TOGETHER + name;
    }

    /** As short as is useful: 0.26 s, 14.9 s, 3 min 20 s, 2 h 5 min, 12 d. */
    public static String duration(Locale language, Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) {
            return fixed(language, seconds, seconds < 1 ? 2 : 1) + TOGETHER + "s";
        }
        if (duration.toHours() < 1) {
            return pair(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        if (duration.toDays() < 1) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return pair(duration.toDays(), isFrench(language) ? "j" : "d", duration.toHoursPart(), "h");
    }

    /** So that figures that stand under each other agree. */
    private static String fixed(Locale language, double number, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(number);
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        String first = large + TOGETHER + largeUnit;
        return small == 0 ? first : first + TOGETHER + small + TOGETHER + smallUnit;
    }

    static boolean isFrench(Locale language) {
        return language.getLanguage().equals("fr");
    }
}
