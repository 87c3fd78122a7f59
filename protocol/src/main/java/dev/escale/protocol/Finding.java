package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * One thing detected.
 *
 * @param what {@code type}, {@code packages}, {@code node}, {@code root}, {@code install}, {@code
 *     build}, {@code start}, {@code output}, {@code health}, {@code port}, {@code warning}
 * @param from file that told, such as {@code package.json}; {@code settings} or {@code default}
 *     otherwise
 */
@Json
public record Finding(String what, String value, String from) {}
