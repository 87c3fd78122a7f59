package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * Something Escale put on a server.
 *
 * @param kind {@code site}, {@code releases}, {@code code}, {@code cache}, {@code shared}, {@code
 *     logs}, {@code user}, {@code process}, {@code key}, {@code agent}
 * @param name path, user or host name
 * @param bytes on disk, 0 where that means nothing
 */
@Json
public record Holding(String app, String kind, String name, long bytes) {}
