package dev.escale.control.provider;

import dev.escale.control.SignInSettings.Application;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.ProviderHttp.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * github.com and GitHub Enterprise Server, as documented at
 * docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps. Every token may read
 * {@code /user}; the scope is for the addresses alone.
 */
record GitHubDialect(Application application, ProviderHttp http) implements Dialect {
    @Override
    public URI authorize() {
        return URI.create(application.url() + "/login/oauth/authorize");
    }

    @Override
    public URI token() {
        return URI.create(application.url() + "/login/oauth/access_token");
    }

    @Override
    public String scope() {
        return "user:email";
    }

    /**
     * The whole grant, with every token under it: docs.github.com/rest/apps/oauth-applications. 404
     * and 422 say that there is none any more.
     */
    @Override
    public void revoke(ProviderToken token) {
        URI grant =
                URI.create(
                        "%s/applications/%s/grant"
                                .formatted(application.apiUrl(), application.clientId()));
        int status = http.delete(grant, application, Map.of("access_token", token.access()));
        if (status != 204 && status != 404 && status != 422) {
            throw new ProviderException(
                    Kind.REFUSED, "DELETE /applications/…/grant answered " + status);
        }
    }

    @Override
    public ProviderAccount account(String accessToken) {
        Reply user = http.get(URI.create(application.apiUrl() + "/user"), accessToken);
        JsonNode id = user.body().get("id");
        if (user.status() != 200 || id == null || !id.isIntegralNumber()) {
            throw new ProviderException(
                    Kind.NONSENSE, "GET /user answered " + user.status() + " without an id");
        }
        return new ProviderAccount(
                id.asString(), user.text("login"), user.text("name"), emails(accessToken));
    }

    /** None when the application may not ask for them, as GitHub Apps without that permission. */
    private List<String> emails(String accessToken) {
        Reply reply = http.get(URI.create(application.apiUrl() + "/user/emails"), accessToken);
        List<String> verified = new ArrayList<>();
        if (reply.status() == 200 && reply.body().isArray()) {
            for (JsonNode each : reply.body()) {
                if (each.path("verified").asBoolean(false) && each.path("email").isString()) {
                    boolean main = each.path("primary").asBoolean(false);
                    verified.add(main ? 0 : verified.size(), each.path("email").stringValue());
                }
            }
        }
        return verified;
    }
}
