package dev.escale.control.provider;

import dev.escale.control.SignInSettings.Application;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.ProviderHttp.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * gitlab.com and GitLab of one's own, by OpenID Connect's user info: docs.gitlab.com/integration.
 */
record GitLabDialect(Application application, ProviderHttp http) implements Dialect {
    @Override
    public URI authorize() {
        return URI.create(application.url() + "/oauth/authorize");
    }

    @Override
    public URI token() {
        return URI.create(application.url() + "/oauth/token");
    }

    @Override
    public String scope() {
        return "openid profile email";
    }

    /**
     * RFC 7009: the refresh token takes its access tokens with it. A token that is none is no fault
     * there (2.2).
     */
    @Override
    public void revoke(ProviderToken token) {
        Map<String, String> form = new LinkedHashMap<>();
        String refresh = token.refresh();
        form.put("token", refresh == null ? token.access() : refresh);
        form.put("client_id", application.clientId());
        form.put("client_secret", application.clientSecret().value());
        int status = http.tell(URI.create(application.url() + "/oauth/revoke"), form);
        if (status != 200) {
            throw new ProviderException(Kind.REFUSED, "POST /oauth/revoke answered " + status);
        }
    }

    @Override
    public ProviderAccount account(String accessToken) {
        Reply user = http.get(URI.create(application.apiUrl() + "/oauth/userinfo"), accessToken);
        if (user.status() != 200 || !user.body().isObject()) {
            throw new ProviderException(
                    Kind.NONSENSE, "GET /oauth/userinfo answered " + user.status());
        }
        boolean verified = user.body().path("email_verified").asBoolean(false);
        String email = user.text("email");
        return new ProviderAccount(
                user.text("sub"),
                user.text("nickname"),
                user.text("name"),
                verified ? List.of(email) : List.of());
    }
}
