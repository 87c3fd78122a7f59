package dev.escale.control.app;

import dev.escale.control.language.Messages;
import dev.escale.protocol.Note;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How an app's output is written, one line each. */
interface LogFormat {
    String line(LogLine line);

    String gap(LogGap gap);

    /** The server is away. */
    String interrupted();

    String ended(Note why);

    /** Something that means nothing; empty when there is no such thing. */
    String nothing();

    /** The sentence that tells of a gap. */
    static String sentence(LogGap gap) {
        return switch (gap.reason()) {
            case "cut" -> "page.output.gap.cut";
            case "slow" -> gap.lines() > 0 ? "page.output.gap.slow" : "page.output.gap.some";
            default -> "page.output.gap.gone";
        };
    }

    static LogFormat text(Messages messages, Locale locale) {
        return new LogFormat() {
            @Override
            public String line(LogLine line) {
                return line.text() + "\n";
            }

            @Override
            public String gap(LogGap gap) {
                Map<String, String> facts = Map.of("count", Long.toString(gap.lines()));
                return remark(messages.text(locale, sentence(gap), facts));
            }

            @Override
            public String interrupted() {
                return remark(messages.text(locale, "page.output.interrupted"));
            }

            @Override
            public String ended(Note why) {
                return remark(messages.note(locale, why));
            }

            @Override
            public String nothing() {
                return "";
            }
        };
    }

    static LogFormat json(JsonMapper json) {
        return new LogFormat() {
            @Override
            public String line(LogLine line) {
                return json.writeValueAsString(Line.of(line)) + "\n";
            }

            @Override
            public String gap(LogGap gap) {
                return json.writeValueAsString(Map.of("gap", gap)) + "\n";
            }

            @Override
            public String interrupted() {
                return json.writeValueAsString(Map.of("interrupted", true)) + "\n";
            }

            @Override
            public String ended(Note why) {
                return json.writeValueAsString(Map.of("ended", why)) + "\n";
            }

            @Override
            public String nothing() {
                return "\n";
            }
        };
    }

    private static String remark(String sentence) {
        return "… " + sentence + "\n";
    }

    /** A line as programs get it. */
    record Line(
            Instant at,
            String type,
            String level,
            @Nullable Long release,
            String file,
            String position,
            String text) {
        static Line of(LogLine line) {
            return new Line(
                    line.at().toInstant(),
                    line.type(),
                    line.level().text(),
                    line.release(),
                    line.file(),
                    line.position(),
                    line.text());
        }
    }
}
