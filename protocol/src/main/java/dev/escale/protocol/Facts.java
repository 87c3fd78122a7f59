package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent found on its server. Versions are as the program prints them; null means not
 * there.
 *
 * @param init {@code systemd}, {@code service} or {@code none}
 * @param addresses of global scope, IPv4 first
 * @param httpsPort port on which this server's Nginx serves sites
 * @param privileged whether the agent is root, so that apps run under users of their own
 */
@Json
public record Facts(
        String hostname,
        String os,
        String kernel,
        String architecture,
        int cpus,
        long memoryBytes,
        String init,
        List<String> addresses,
        int httpPort,
        int httpsPort,
        boolean privileged,
        @Nullable String node,
        @Nullable String npm,
        @Nullable String pm2,
        @Nullable String nginx,
        @Nullable String git,
        @Nullable String docker,
        List<String> databases) {
    public Facts {
        addresses = List.copyOf(addresses);
        databases = List.copyOf(databases);
    }
}
