package dev.escale.agent.link;

import dev.escale.protocol.SigningKey;
import io.avaje.jsonb.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent knows of its control plane: {@code identity/control.json}. Nothing in it is
 * secret.
 *
 * @param url origin, such as {@code https://escale.example:8420}
 * @param server the id of this server there
 * @param authority SHA-256 of the root certificate, lower-case hex
 * @param root the root certificate, PEM
 * @param keys those that may sign orders, by id, as in {@link SigningKey}
 */
@Json
public record Pinned(
        String url,
        String server,
        String name,
        String authority,
        String root,
        Map<String, String> keys) {
    public Pinned {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no signing key");
        }
    }

    static Map<String, String> byId(List<SigningKey> keys) {
        var byId = new LinkedHashMap<String, String>();
        keys.forEach(key -> byId.put(key.id(), key.publicKey()));
        return byId;
    }

    public List<SigningKey> signingKeys() {
        return keys.entrySet().stream()
                .map(key -> new SigningKey(key.getKey(), key.getValue()))
                .toList();
    }

    Pinned with(List<SigningKey> announced) {
        return new Pinned(url, server, name, authority, root, byId(announced));
    }
}
