package dev.escale.control.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a passkey.
 *
 * @param synced whether it may be kept by several devices, as that of a password manager
 * @param host that browsers offer it at
 * @param opens whether that is the host of this Escale, which may have another one by now
 */
public record Passkey(
        String id,
        String name,
        boolean synced,
        String host,
        boolean opens,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
