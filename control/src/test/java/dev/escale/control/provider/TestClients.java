package dev.escale.control.provider;

import dev.escale.control.SecretText;
import dev.escale.control.SignInSettings.Application;
import java.net.URI;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/** Clients that send browsers away and are never asked anything. */
public final class TestClients {
    private TestClients() {}

    public static OAuthClient gitHub() {
        URI url = URI.create("https://github.test");
        return new OAuthClient(
                Provider.GITHUB,
                new Application(url, url, "escale", new SecretText("secret")),
                new ProviderHttp(new JsonMapper(), ProviderHttp.PATIENCE),
                URI.create("https://escale.test/login/github/callback"),
                Clock.systemUTC());
    }
}
