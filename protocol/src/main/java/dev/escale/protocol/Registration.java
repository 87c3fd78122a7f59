package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * Body of {@code POST /agent/v1/register}: once, with the short-lived token.
 *
 * @param publicKey the server's Ed25519 key, encoded as in {@link SigningKey}
 */
@Json
public record Registration(
        String token, String publicKey, int version, String agentVersion, Facts facts) {
    @Override
    public String toString() {
        return "Registration[" + facts.hostname() + ", token •••]";
    }
}
