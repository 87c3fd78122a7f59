package dev.escale.control.provider;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those that the operator has set up. */
public final class Providers {
    private final Map<Provider, OAuthClient> clients = new EnumMap<>(Provider.class);

    Providers(List<OAuthClient> clients) {
        clients.forEach(client -> this.clients.put(client.provider(), client));
    }

    public List<Provider> offered() {
        return List.copyOf(clients.keySet());
    }

    public Optional<OAuthClient> find(Provider provider) {
        return Optional.ofNullable(clients.get(provider));
    }

    /** Whether somebody could come in by an account there. */
    public boolean reach(Provider provider, String issuer) {
        return find(provider).filter(client -> client.issuer().equals(issuer)).isPresent();
    }
}
