package dev.escale.control.provider;

import dev.escale.control.SignInSettings.Application;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.ProviderHttp.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Our side of OAuth 2's authorization code grant (RFC 6749, 4.1) with PKCE (RFC 7636):
 *
 * <pre>
 * browser ──▶ {@link #consent} at the provider ──▶ our callback with a code
 * we      ──▶ {@link #identify}: code for token, token for account
 * </pre>
 */
public final class OAuthClient {
    private final Provider provider;
    private final Application application;
    private final Dialect dialect;
    private final ProviderHttp http;
    private final URI callback;
    private final Clock clock;

    OAuthClient(
            Provider provider,
            Application application,
            ProviderHttp http,
            URI callback,
            Clock clock) {
        this.provider = provider;
        this.application = application;
        this.dialect =
                switch (provider) {
                    case GITHUB -> new GitHubDialect(application, http);
                    case GITLAB -> new GitLabDialect(application, http);
                };
        this.http = http;
        this.callback = callback;
        this.clock = clock;
    }

    public Provider provider() {
        return provider;
    }

    public String issuer() {
        return application.url().toString();
    }

    /** Where the person consents. */
    public URI consent(String state, String verifier) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", application.clientId());
        query.put("redirect_uri", callback.toString());
        query.put("scope", dialect.scope());
        query.put("state", state);
        query.put("code_challenge", Pkce.challenge(verifier));
        query.put("code_challenge_method", "S256");
        return URI.create(dialect.authorize() + "?" + ProviderHttp.encoded(query));
    }

    /**
     * @param code that the callback brought
     * @throws ProviderException when the provider does not tell
     */
    public Identified identify(String code, String verifier) {
        ProviderToken token = token(code, verifier);
        return new Identified(provider, issuer(), dialect.account(token.access()), token);
    }

    /**
     * A fresh one for one that has expired (RFC 6749, 6). The old one is spent.
     *
     * @throws ProviderException {@code REFUSED} also when there is nothing to refresh it by
     */
    public ProviderToken refresh(ProviderToken token) {
        String refresh = token.refresh();
        if (refresh == null) {
            throw new ProviderException(Kind.REFUSED, "a token that cannot be refreshed");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        ProviderToken fresh = granted(form);
        return fresh.refresh() == null ? fresh.refreshedBy(refresh) : fresh;
    }

    /**
     * Ends what the person let us have at the provider.
     *
     * @throws ProviderException when that could not be made sure of
     */
    public void revoke(ProviderToken token) {
        dialect.revoke(token);
    }

    private ProviderToken token(String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", verifier);
        return granted(form);
    }

    private ProviderToken granted(Map<String, String> form) {
        form.put("redirect_uri", callback.toString());
        form.put("client_id", application.clientId());
        form.put("client_secret", application.clientSecret().value());
        Reply reply = http.post(dialect.token(), form);
        // GitHub refuses with 200 and an error
        if (!reply.text("error").isEmpty() || reply.status() >= 400) {
            throw new ProviderException(
                    Kind.REFUSED, form.get("grant_type") + " was refused: " + reply.text("error"));
        }
        String access = reply.text("access_token");
        if (access.isEmpty() || !"bearer".equalsIgnoreCase(reply.text("token_type"))) {
            throw new ProviderException(Kind.NONSENSE, "an answer without a bearer token");
        }
        return new ProviderToken(access, refresh(reply), expiry(reply), reply.text("scope"));
    }

    private static @Nullable String refresh(Reply reply) {
        String refresh = reply.text("refresh_token");
        return refresh.isEmpty() ? null : refresh;
    }

    private @Nullable Instant expiry(Reply reply) {
        JsonNode seconds = reply.body().get("expires_in");
        return seconds == null || !seconds.canConvertToInt()
                ? null
                : clock.instant().plusSeconds(seconds.intValue());
    }
}
