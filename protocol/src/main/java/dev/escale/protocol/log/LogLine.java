package dev.escale.protocol.log;

import io.avaje.jsonb.Json;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log, or several that belong together, such as a stack trace. Secrets are masked.
 *
 * @param file that it stands in, such as {@code app_x/out}: positions count within it
 * @param position of the line in its file, which only that file's reader understands; it never
 *     changes, so it names the line
 * @param next position behind it: where a reader goes on who has it
 * @param at with the server's offset
 * @param type {@code stdout}, {@code stderr}, {@code system}, {@code access}, {@code deploy} or
 *     {@code agent}
 * @param app slug; null when it is of no app
 * @param release that printed it; null when that is not known
 * @param fields what was found in it, such as {@code status} or {@code unit}
 * @param text without the last line's end, UTF-8 repaired, ANSI colours kept, bounded
 */
@Json
public record LogLine(
        String file,
        String position,
        String next,
        OffsetDateTime at,
        String type,
        LogLevel level,
        @Nullable String app,
        @Nullable Long release,
        Map<String, String> fields,
        String text) {}
