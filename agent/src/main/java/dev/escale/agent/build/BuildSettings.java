package dev.escale.agent.build;

import dev.escale.agent.build.source.GitSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How this server builds.
 *
 * @param network variables about proxies, registries and certificates that the agent was started
 *     with, and that builds get too
 */
public record BuildSettings(GitSettings git, Map<String, String> network) {
    private static final Set<String> NETWORK =
            Set.of(
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy",
                    "NODE_EXTRA_CA_CERTS",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR",
                    "npm_config_registry");

    public BuildSettings {
        network = Map.copyOf(network);
    }

    /** Picks from an environment what concerns the network. */
    public static Map<String, String> network(Map<String, String> environment) {
        var picked = new TreeMap<>(environment);
        picked.keySet().retainAll(NETWORK);
        return picked;
    }
}
