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
 * @param maker name of the token by which it was made; null: made on a page
 */
public record TokenRow(
        String id,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        String permissions,
        List<String> places,
        @Nullable String maker) {
    public TokenRow {
        places = List.copyOf(places);
    }

    /**
     * @param names of places and tokens that the reader knows, by id
     */
    static TokenRow of(AccessToken token, Map<String, String> names) {
        Set<String> permissions = token.permissions();
        return new TokenRow(
                token.id(),
                token.name(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                permissions == null ? "" : String.join(", ", permissions),
                token.scopes().stream()
                        .map(scope -> names.getOrDefault(scope.id(), scope.id()))
                        .toList(),
                token.madeBy() == null ? null : names.get(token.madeBy()));
    }
}
