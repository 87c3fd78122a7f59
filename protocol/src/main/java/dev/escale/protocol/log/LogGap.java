package dev.escale.protocol.log;

import io.avaje.jsonb.Json;

/**
 * Lines that a reader did not get.
 *
 * @param from position of the first one, as in {@link LogLine}
 * @param to position behind the last one; a history from {@code from} to {@code to} has them, when
 *     they are still there
 * @param lines how many; -1 when that is not known
 * @param reason {@code slow}: written faster than it was read; {@code gone}: the file does not have
 *     them any more; {@code cut}: the file was emptied
 */
@Json
public record LogGap(String file, String from, String to, long lines, String reason) {}
