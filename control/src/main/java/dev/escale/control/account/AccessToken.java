package dev.escale.control.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be shown of a token. */
record AccessToken(
        String id,
        String name,
        String person,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
