package dev.escale.testkit.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a control plane is started.
 *
 * @param host name or address in its public URL
 * @param port which was free a moment ago; kept over restarts, because agents remember the URL
 */
public record ControlSettings(Path home, String host, int port, Map<String, String> environment) {

    public ControlSettings {
        environment = Map.copyOf(environment);
    }

    /** On SQLite, for this machine alone. */
    public static ControlSettings local(Path home) {
        return on("localhost", home);
    }

    /**
     * @param address of this machine, such as the test hosts' gateway
     */
    public static ControlSettings on(String address, Path home) {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return new ControlSettings(home, address, socket.getLocalPort(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ControlSettings with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new ControlSettings(home, host, port, more);
    }

    public ControlSettings with(Postgres postgres) {
        return with("ESCALE_DATABASE_URL", postgres.applicationUrl())
                .with("ESCALE_DATABASE_MIGRATION_URL", postgres.ownerUrl());
    }

    boolean onPostgresql() {
        return environment.getOrDefault("ESCALE_DATABASE_URL", "").contains("postgres");
    }

    public String url() {
        return "https://" + host + ":" + port;
    }
}
