package dev.escale.agent.release;

import dev.escale.agent.nginx.Endpoint;
import io.avaje.jsonb.Json;

/**
 * One of the two places of an app.
 *
 * @param given port that an app gets as {@code PORT} here
 * @param address where the app last listened, {@code 127.0.0.1} or {@code ::1}
 * @param port likewise; differs from {@code given} for an app that ignores {@code PORT}
 */
@Json
record Slot(int given, String address, int port) {
    static Slot at(int port) {
        return new Slot(port, "127.0.0.1", port);
    }

    Slot listeningAt(Endpoint endpoint) {
        return new Slot(given, endpoint.address(), endpoint.port());
    }

    Endpoint endpoint() {
        return new Endpoint(address, port);
    }

    boolean ignoresPort() {
        return given != port;
    }
}
