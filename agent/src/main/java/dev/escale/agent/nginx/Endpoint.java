package dev.escale.agent.nginx;

/**
 * Where an app listens, on a loopback address.
 *
 * @param address {@code 127.0.0.1} or {@code ::1}
 */
public record Endpoint(String address, int port) {
    public Endpoint {
        if (!address.matches("127(\\.[0-9]{1,3}){3}|::1") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port on a loopback address");
        }
    }

    @Override
    public String toString() {
        return (address.equals("::1") ? "[::1]" : address) + ":" + port;
    }
}
