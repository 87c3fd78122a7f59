package dev.escale.control.account;

import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a token.
 *
 * @param permissions the only ones it has; null: whatever its person has
 * @param scopes the only places; empty: wherever its person has them
 * @param madeBy id of the token by which it was made, and with which it ends; null: its person made
 *     it on a page
 */
record AccessToken(
        String id,
        String name,
        String person,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Set<String> permissions,
        List<Scope> scopes,
        @Nullable String madeBy) {

    AccessToken {
        permissions = permissions == null ? null : new TreeSet<>(permissions);
        scopes = List.copyOf(scopes);
    }

    Grants.@Nullable Limit limit() {
        return permissions == null && scopes.isEmpty()
                ? null
                : new Grants.Limit(permissions, scopes);
    }
}
