package dev.escale.control.provider;

import dev.escale.control.SignInSettings.Application;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.ProviderHttp.Reply;
import java.net.URI;
import java.util.List;

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
