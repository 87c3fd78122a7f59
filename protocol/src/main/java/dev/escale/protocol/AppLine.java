package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * @param type {@code stdout} or {@code stderr}
 */
@Json
public record AppLine(Instant at, String type, String text) {}
