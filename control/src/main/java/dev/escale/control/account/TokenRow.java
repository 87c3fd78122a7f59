package dev.escale.control.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token in the list. */
public record TokenRow(
        String id,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    static TokenRow of(AccessToken token) {
        return new TokenRow(
                token.id(), token.name(), token.createdAt(), token.expiresAt(), token.lastUsedAt());
    }
}
