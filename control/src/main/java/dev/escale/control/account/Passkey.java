package dev.escale.control.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a passkey.
 *
 * @param synced whether it may be kept by several devices, as that of a password manager
 */
public record Passkey(
        String id, String name, boolean synced, Instant createdAt, @Nullable Instant lastUsedAt) {}
