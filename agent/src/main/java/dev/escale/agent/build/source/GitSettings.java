package dev.escale.agent.build.source;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this server may fetch.
 *
 * @param controlPlane origin of the control plane, such as {@code https://escale.example:8420}
 * @param authority file with its root certificate, the only one trusted for it
 * @param fileUrls whether {@code file} addresses may be fetched
 * @param network proxies and further certificates that the agent was given
 */
public record GitSettings(
        @Nullable String controlPlane,
        @Nullable Path authority,
        boolean fileUrls,
        Map<String, String> network) {
    public GitSettings {
        network = Map.copyOf(network);
    }
}
