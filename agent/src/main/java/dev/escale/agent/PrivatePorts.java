package dev.escale.agent;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.Listener;
import dev.escale.agent.host.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The two ports of a private Nginx: those in the settings, or else free ones below the ephemeral
 * range, chosen once and remembered, as the URLs of apps hold them.
 */
record PrivatePorts(int http, int https) {
    private static final int FIRST = 12000;
    private static final int COUNT = 7000;

    static PrivatePorts of(AgentConfig config) throws IOException {
        Path file = config.home().resolve("nginx/ports");
        PrivatePorts known =
                Files.exists(file) ? parse(Files.readString(file)) : new PrivatePorts(0, 0);
        Set<Integer> taken =
                Sockets.listening().stream().map(Listener::port).collect(Collectors.toSet());
        int http = choose(config.httpPort(), known.http(), taken);
        taken.add(http);
        int https = choose(config.httpsPort(), known.https(), taken);
        var chosen = new PrivatePorts(http, https);
        if (!chosen.equals(known)) {
            Files.createDirectories(config.home().resolve("nginx"));
            AtomicFile.write(file, http + " " + https + "\n", "rw-r--r--");
        }
        return chosen;
    }

    private static PrivatePorts parse(String text) throws IOException {
        String[] ports = text.strip().split(" ");
        if (ports.length != 2 || !text.strip().matches("[0-9]{1,5} [0-9]{1,5}")) {
            throw new IOException("nginx/ports does not hold two ports");
        }
        return new PrivatePorts(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    private static int choose(int wanted, int known, Set<Integer> taken) throws IOException {
        if (wanted != 0 || known != 0) {
            return wanted != 0 ? wanted : known;
        }
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (!taken.contains(port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + (FIRST + COUNT));
    }
}
