package dev.escale.agent.release;

import dev.escale.agent.host.Listener;
import dev.escale.agent.host.Sockets;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ports that apps get: outside the kernel's ephemeral range, and closed to the outside.
 *
 * @param last included
 */
public record PortRange(int first, int last) {
    /**
     * @param reserved ports of other apps, which may not run just now
     * @throws IOException when none is free
     */
    int free(Set<Integer> reserved) throws IOException {
        Set<Integer> taken = new HashSet<>(reserved);
        taken.addAll(listening());
        for (int port = first; port <= last; port++) {
            if (!taken.contains(port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + first + " to " + last);
    }

    static Set<Integer> listening() {
        return Sockets.listening().stream().map(Listener::port).collect(Collectors.toSet());
    }
}
