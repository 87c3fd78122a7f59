package dev.escale.control.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider gave us to ask it in somebody's name.
 *
 * @param refresh for a new one when this has expired
 * @param expiresAt null: never
 * @param scopes what it may, as the provider writes it
 */
public record ProviderToken(
        String access, @Nullable String refresh, @Nullable Instant expiresAt, String scopes) {
    @Override
    public String toString() {
        return "ProviderToken[" + scopes + ", •••]";
    }
}
