package dev.escale.protocol.log;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much a line matters, least first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private static final Map<String, LogLevel> NAMES =
            Map.ofEntries(
                    Map.entry("trace", TRACE),
                    Map.entry("silly", TRACE),
                    Map.entry("finest", TRACE),
                    Map.entry("debug", DEBUG),
                    Map.entry("verbose", DEBUG),
                    Map.entry("fine", DEBUG),
                    Map.entry("info", INFO),
                    Map.entry("information", INFO),
                    Map.entry("notice", INFO),
                    Map.entry("log", INFO),
                    Map.entry("warn", WARN),
                    Map.entry("warning", WARN),
                    Map.entry("error", ERROR),
                    Map.entry("err", ERROR),
                    Map.entry("severe", ERROR),
                    Map.entry("crit", ERROR),
                    Map.entry("critical", ERROR),
                    Map.entry("fatal", ERROR),
                    Map.entry("alert", ERROR),
                    Map.entry("emerg", ERROR),
                    Map.entry("panic", ERROR));

    /**
     * @param name as loggers write it, in either case; or the numbers of pino and bunyan, 10 to 60
     */
    public static Optional<LogLevel> of(String name) {
        LogLevel named = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        return switch (name) {
            case "10" -> Optional.of(TRACE);
            case "20" -> Optional.of(DEBUG);
            case "30" -> Optional.of(INFO);
            case "40" -> Optional.of(WARN);
            case "50", "60" -> Optional.of(ERROR);
            default -> Optional.empty();
        };
    }

    /**
     * @param priority of syslog and journald, 0 (emergency) to 7 (debug)
     */
    public static LogLevel ofPriority(int priority) {
        return switch (priority) {
            case 0, 1, 2, 3 -> ERROR;
            case 4 -> WARN;
            case 5, 6 -> INFO;
            default -> DEBUG;
        };
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
