package dev.escale.protocol;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Settings made on the page; each wins over {@code escale.yaml}, which wins over detection. Null
 * means "detect".
 *
 * @param type {@code node} or {@code static}
 * @param root sub-folder of the repository
 * @param port the fixed port of an app that ignores {@code PORT}
 */
@Json
public record Overrides(
        @Nullable String type,
        @Nullable String root,
        @Nullable String build,
        @Nullable String start,
        @Nullable String output,
        @Nullable Integer port,
        @Nullable String healthPath,
        @Nullable Integer healthTimeoutSeconds) {
    public static final Overrides NONE =
            new Overrides(null, null, null, null, null, null, null, null);
}
