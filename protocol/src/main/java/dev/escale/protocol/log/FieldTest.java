package dev.escale.protocol.log;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the value of a field must be. */
sealed interface FieldTest {
    boolean holds(String value);

    /** In either case; {@code *} stands for anything, and in {@code 5xx} each x for a digit. */
    record Like(Pattern pattern) implements FieldTest {
        private static final Pattern CLASS = Pattern.compile("[1-9]xx");

        static Like of(String wanted) {
            var expression = new StringBuilder();
            if (CLASS.matcher(wanted).matches()) {
                expression.append(wanted.replace("x", "[0-9]"));
            } else {
                String[] parts = wanted.split("\\*", -1);
                for (int i = 0; i < parts.length; i++) {
                    expression.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
                }
            }
            int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
            return new Like(Pattern.compile(expression.toString(), flags));
        }

        @Override
        public boolean holds(String value) {
            return pattern.matcher(value).matches();
        }
    }

    /** The comparisons that there are. */
    enum Sign {
        ABOVE(">"),
        FROM(">="),
        BELOW("<"),
        UP_TO("<=");

        private final String text;

        Sign(String text) {
            this.text = text;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case ABOVE -> comparison > 0;
                case FROM -> comparison >= 0;
                case BELOW -> comparison < 0;
                case UP_TO -> comparison <= 0;
            };
        }
    }

    /** A value that is no number is neither above nor below one. */
    record Compared(Sign sign, double number) implements FieldTest {
        @Override
        public boolean holds(String value) {
            try {
                return sign.holds(Double.compare(Double.parseDouble(value), number));
            } catch (NumberFormatException word) {
                return false;
            }
        }
    }

    record Leveled(Sign sign, LogLevel level) implements FieldTest {
        @Override
        public boolean holds(String value) {
            return LogLevel.of(value).map(mine -> sign.holds(mine.compareTo(level))).orElse(false);
        }
    }

    /**
     * @throws QueryRefused {@code query.number} when what is compared with is neither a number nor
     *     a level
     */
    static FieldTest of(String field, String wanted) {
        Optional<Sign> sign = sign(wanted);
        if (sign.isEmpty()) {
            return field.equals("level")
                    ? Like.of(LogLevel.of(wanted).map(LogLevel::text).orElse(wanted))
                    : Like.of(wanted);
        }
        String rest = wanted.substring(sign.get().text.length());
        Optional<LogLevel> level = field.equals("level") ? LogLevel.of(rest) : Optional.empty();
        if (level.isPresent()) {
            return new Leveled(sign.get(), level.get());
        }
        try {
            return new Compared(sign.get(), Double.parseDouble(rest.toLowerCase(Locale.ROOT)));
        } catch (NumberFormatException word) {
            throw new QueryRefused("query.number", field + ":" + wanted);
        }
    }

    private static Optional<Sign> sign(String wanted) {
        for (Sign sign : new Sign[] {Sign.FROM, Sign.UP_TO, Sign.ABOVE, Sign.BELOW}) {
            if (wanted.startsWith(sign.text)) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }
}
