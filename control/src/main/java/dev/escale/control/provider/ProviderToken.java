package dev.escale.control.provider;

import java.time.Duration;
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
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Whether it is no more, or not for long enough to ask something with it. */
    public boolean isOver(Instant now) {
        return expiresAt != null && !now.plus(MARGIN).isBefore(expiresAt);
    }

    /** A provider that gives no other refresh token goes on taking the old one. */
    ProviderToken refreshedBy(String old) {
        return new ProviderToken(access, old, expiresAt, scopes);
    }

    @Override
    public String toString() {
        return "ProviderToken[" + scopes + ", •••]";
    }
}
