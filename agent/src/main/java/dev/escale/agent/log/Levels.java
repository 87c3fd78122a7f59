package dev.escale.agent.log;

import dev.escale.protocol.log.JsonFields;
import dev.escale.protocol.log.LogLevel;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which level a line has, by what stands in it. */
final class Levels {
    private static final int LOOKED_AT = 200;
    private static final String[] KEYS = {"level", "severity", "lvl", "levelname", "log.level"};

    /** A word in capitals, in brackets, or before a colon: {@code WARN}, {@code [error]}. */
    private static final Pattern WORD =
            Pattern.compile(
                    "\\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|PANIC)\\b"
                        + "|[\\[<(](trace|debug|info|notice|warn|warning|error|crit|critical|fatal|alert|emerg)[\\]>)]|\\b(?:level|severity|lvl)=\"?(\\w+)|\\b\\w*(Warning):"
                        + " |^(?i:(debug|info|warn|warning|error|fatal))\\b[:!]");

    /** {@code TypeError: …}, {@code java.lang.IllegalStateException: …}, {@code Traceback}. */
    private static final Pattern FAILURE =
            Pattern.compile("^(Uncaught )?([\\w.$]*(Error|Exception)\\b(:|$| \\[)|Traceback \\()");

    private Levels() {}

    /**
     * @param text without colours
     * @param otherwise when nothing tells
     */
    static LogLevel of(String text, LogLevel otherwise) {
        if (text.startsWith("{")) {
            Map<String, String> fields = JsonFields.of(text);
            for (String key : KEYS) {
                Optional<LogLevel> level =
                        Optional.ofNullable(fields.get(key)).flatMap(LogLevel::of);
                if (level.isPresent()) {
                    return level.get();
                }
            }
            return otherwise;
        }
        String begin = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        Matcher word = WORD.matcher(begin);
        if (word.find()) {
            for (int group = 1; group <= word.groupCount(); group++) {
                String found = word.group(group);
                if (found != null) {
                    return LogLevel.of(found).orElse(otherwise);
                }
            }
        }
        return FAILURE.matcher(begin).find() ? LogLevel.ERROR : otherwise;
    }
}
