package dev.escale.agent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Logs to standard error, one line per event: time, level, class, text. The service manager keeps
 * it. Found by {@link System#getLogger} through {@code META-INF/services}; java.util.logging would
 * cost 2 MB of memory.
 */
public final class StderrLog extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.INFO.getSeverity()
                    && level != Level.OFF
                    && name.startsWith("dev.escale");
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String text,
                @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                write(level, text == null ? "" : text, thrown);
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            if (isLoggable(level)) {
                write(level, fill(format == null ? "" : format, parameters), null);
            }
        }

        private void write(Level level, String text, @Nullable Throwable thrown) {
            var line = new StringBuilder(160);
            line.append(Instant.now().truncatedTo(ChronoUnit.MILLIS)).append(' ');
            line.append(level).append(' ').append(name.substring(name.lastIndexOf('.') + 1));
            line.append(' ');
            appendOnOneLine(line, text);
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                line.append(" | ");
                appendOnOneLine(line, cause.toString());
                StackTraceElement[] frames = cause.getStackTrace();
                for (int i = 0; i < Math.min(frames.length, 8); i++) {
                    line.append(" < ").append(frames[i]);
                }
            }
            System.err.println(line);
        }

        private static void appendOnOneLine(StringBuilder line, String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                line.append(c < ' ' ? ' ' : c);
            }
        }

        /** {@code {0}} to {@code {9}}, as MessageFormat has them, without its quoting. */
        private static String fill(String format, @Nullable Object @Nullable [] parameters) {
            if (parameters == null) {
                return format;
            }
            String text = format;
            for (int i = 0; i < parameters.length; i++) {
                text = text.replace("{" + i + "}", String.valueOf(parameters[i]));
            }
            return text;
        }
    }
}
