package dev.escale.protocol;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One thing detected.
 *
 * @param what {@code type}, {@code packages}, {@code node}, {@code root}, {@code install}, {@code
 *     build}, {@code start}, {@code output}, {@code health}, {@code port}, {@code warning}
 * @param value as found, in nobody's language; of a warning, the code of its note
 * @param from file that told, such as {@code package.json}; {@code settings} or {@code default}
 *     otherwise
 * @param note the sentence of a warning
 */
@Json
public record Finding(String what, String value, String from, @Nullable Note note) {
    private static final int LONGEST = 1000;

    /** A value over 1000 characters is cut. */
    public static Finding of(String what, String value, String from) {
        return new Finding(what, Excerpt.of(value, LONGEST), Excerpt.of(from, LONGEST), null);
    }

    public static Finding warning(Note note, String from) {
        return new Finding("warning", note.code(), Excerpt.of(from, LONGEST), note);
    }
}
