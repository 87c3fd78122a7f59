package dev.escale.control.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A private key of the control plane, unwrapped.
 *
 * @param publicPart what may be known of it, as its owner writes it: PEM, base64 …
 * @param privatePart as its owner encodes it
 */
public record WrappedKey(
        String id,
        String purpose,
        String publicPart,
        byte[] privatePart,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    @Override
    public String toString() {
        return "WrappedKey[" + purpose + " " + id + ", •••]";
    }
}
