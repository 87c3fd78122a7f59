package dev.escale.control.account;

import dev.escale.control.provider.Provider;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An identity as its person sees it, on the page and over REST.
 *
 * @param where name of the provider, or its host when it is not the public one
 * @param opens whether it lets in at the moment: its provider may have been taken out
 */
public record IdentityRow(
        String id,
        String provider,
        String login,
        @Nullable String email,
        String where,
        boolean opens,
        Instant createdAt,
        Instant usedAt) {

    static IdentityRow of(Identity identity, boolean opens) {
        return new IdentityRow(
                identity.id(),
                identity.provider().text(),
                identity.login(),
                identity.email(),
                where(identity.provider(), identity.issuer()),
                opens,
                identity.createdAt(),
                identity.usedAt());
    }

    private static String where(Provider provider, String issuer) {
        String host = URI.create(issuer).getHost();
        return host.equals(provider.text() + ".com")
                ? provider.label()
                : provider.label() + " · " + host;
    }
}
