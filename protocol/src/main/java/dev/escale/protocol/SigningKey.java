package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * @param publicKey Ed25519 public key, X.509 SubjectPublicKeyInfo, base64url without padding
 */
@Json
public record SigningKey(String id, String publicKey) {}
