package dev.escale.agent.link;

import dev.escale.protocol.SigningKey;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What the agent knows of its control plane: {@code identity/control.json}.
 *
 * @param url origin, such as {@code https://escale.example:8420}
 * @param server the id of this server there
 * @param authority SHA-256 of the root certificate, lower-case hex
 * @param root the root certificate, PEM
 * @param keys those that may sign orders
 */
@Json
public record Pinned(
        String url,
        String server,
        String name,
        String authority,
        String root,
        List<SigningKey> keys) {
    public Pinned {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no signing key");
        }
    }

    Pinned with(List<SigningKey> announced) {
        return new Pinned(url, server, name, authority, root, announced);
    }
}
