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
 * @param portsClosed whether other machines are kept from the ports that apps listen on
 * @param portsNote why not; null also when an agent has not looked
 * @param deploymentSeconds that a deployment may take here; 0 when the agent does not say
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
        boolean portsClosed,
        @Nullable Note portsNote,
        int deploymentSeconds,
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

    /** The same server under another name. */
    public Facts named(String name) {
        return new Facts(
                name,
                os,
                kernel,
                architecture,
                cpus,
                memoryBytes,
                init,
                addresses,
                httpPort,
                httpsPort,
                privileged,
                portsClosed,
                portsNote,
                deploymentSeconds,
                node,
                npm,
                pm2,
                nginx,
                git,
                docker,
                databases);
    }
}
