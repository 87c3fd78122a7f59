package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * A signed order to one server. It may arrive twice: the agent keeps a journal of ids and repeats
 * its answer.
 *
 * @param actor who asked, for the agent's own log
 * @param expiresAt in the control plane's time; a command that comes later is refused with {@code
 *     command.expired}
 */
@Json
public record Command(
        String id, String server, String actor, Instant issuedAt, Instant expiresAt, Order order) {}
