package dev.escale.control.account;

import dev.escale.control.provider.OAuthClient;
import dev.escale.control.provider.ProviderException;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.ProviderToken;
import dev.escale.control.provider.Providers;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The tokens by which a provider is asked in somebody's name, from their first use to their end.
 */
@Component
class ProviderTokens {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderTokens.class);

    private final Identities identities;
    private final Providers providers;
    private final Clock clock;

    ProviderTokens(Identities identities, Providers providers, Clock clock) {
        this.identities = identities;
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * One to be used now: what has expired is refreshed first, and kept sealed in its place.
     *
     * @throws ProviderException when the identity has none, or the provider gives no other
     */
    ProviderToken valid(Identity identity) {
        ProviderToken token = kept(identity).orElseThrow(ProviderTokens::none);
        if (!token.isOver(clock.instant())) {
            return token;
        }
        OAuthClient client = client(identity).orElseThrow(ProviderTokens::none);
        try {
            return keep(identity, client, token, client.refresh(token));
        } catch (ProviderException refused) {
            // somebody else may have been quicker: then the old one is spent
            return kept(identity).filter(other -> !other.equals(token)).orElseThrow(() -> refused);
        }
    }

    private ProviderToken keep(
            Identity identity, OAuthClient client, ProviderToken old, ProviderToken fresh) {
        if (!identities.replace(identity, old, fresh) && kept(identity).isEmpty()) {
            client.revoke(fresh);
            throw none();
        }
        return fresh;
    }

    /**
     * Ends at the provider what was kept for an identity that is none of ours any more.
     *
     * @return whether it has ended there; if not, the log says why
     */
    boolean end(Identity identity, ProviderToken token) {
        try {
            end(client(identity).orElseThrow(ProviderTokens::none), token);
            return true;
        } catch (ProviderException failure) {
            LOG.atWarn()
                    .addKeyValue("provider", identity.provider().text())
                    .addKeyValue("what", failure.getMessage())
                    .log("a provider's token may go on being valid there");
            return false;
        }
    }

    private void end(OAuthClient client, ProviderToken token) {
        boolean spent = token.isOver(clock.instant()) && token.refresh() != null;
        Optional<ProviderToken> live = spent ? refreshed(client, token) : Optional.of(token);
        live.ifPresent(client::revoke);
    }

    /** Empty when the provider does not know it any more either. */
    private static Optional<ProviderToken> refreshed(OAuthClient client, ProviderToken token) {
        try {
            return Optional.of(client.refresh(token));
        } catch (ProviderException failure) {
            if (failure.kind() == Kind.REFUSED) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Optional<ProviderToken> kept(Identity identity) {
        return identities.token(identity);
    }

    private Optional<OAuthClient> client(Identity identity) {
        return providers
                .find(identity.provider())
                .filter(client -> client.issuer().equals(identity.issuer()));
    }

    private static ProviderException none() {
        return new ProviderException(Kind.REFUSED, "there is no token of it, or no such provider");
    }
}
