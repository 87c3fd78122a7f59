package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * A {@link Command} without its order: what an agent reads first, so that an order of a newer
 * control plane can be answered with {@link Outcome.NotUnderstood}.
 */
@Json
public record CommandHead(
        String id, String server, String actor, Instant issuedAt, Instant expiresAt) {}
