package dev.escale.control.account;

import dev.escale.control.provider.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account at a provider that lets a person in.
 *
 * @param issuer address of the provider
 * @param login as it was when the person last came in by it
 * @param email that the provider has verified, likewise
 */
record Identity(
        String id,
        String person,
        Provider provider,
        String issuer,
        String login,
        @Nullable String email,
        Instant createdAt,
        Instant usedAt) {
    /** As the record and plans call it. */
    String name() {
        return login + " (" + provider.label() + ")";
    }
}
