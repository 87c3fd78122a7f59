package dev.escale.control.provider;

import dev.escale.control.ControlConfig;
import dev.escale.control.SignInSettings.Application;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the clients of the providers in the settings. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    @Bean
    ProviderHttp providerHttp(JsonMapper json) {
        return new ProviderHttp(json, ProviderHttp.PATIENCE);
    }

    @Bean
    Providers providers(ControlConfig config, ProviderHttp http, Clock clock) {
        List<OAuthClient> clients = new ArrayList<>();
        for (Provider provider : Provider.values()) {
            Application application = application(config, provider);
            if (application != null) {
                URI callback =
                        URI.create(config.publicUrl() + "/login/" + provider.text() + "/callback");
                clients.add(new OAuthClient(provider, application, http, callback, clock));
            }
        }
        return new Providers(clients);
    }

    private static @Nullable Application application(ControlConfig config, Provider provider) {
        return switch (provider) {
            case GITHUB -> config.signIn().github();
            case GITLAB -> config.signIn().gitlab();
        };
    }
}
