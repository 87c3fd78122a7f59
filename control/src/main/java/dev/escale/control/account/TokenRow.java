package dev.escale.control.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token in the list.
 *
 * @param permissions the only ones; empty: whatever its person has
 * @param places the only ones, by name; none: wherever its person has them
 */
public record TokenRow(
        String id,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        String permissions,
        List<String> places) {
    public TokenRow {
        places = List.copyOf(places);
    }

    /**
     * @param places that the reader knows, by id
     */
    static TokenRow of(AccessToken token, Map<String, String> places) {
        Set<String> permissions = token.permissions();
        return new TokenRow(
                token.id(),
                token.name(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                permissions == null ? "" : String.join(", ", permissions),
                token.scopes().stream()
                        .map(scope -> places.getOrDefault(scope.id(), scope.id()))
                        .toList());
    }
}
