package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * @param millis since the deployment began on the agent
 * @param source {@code escale}, {@code build} or {@code app}
 * @param text one line without its end, UTF-8 repaired, secrets masked, at most 4096 characters;
 *     ANSI colours kept
 */
@Json
public record OutputLine(long millis, String source, String text) {}
