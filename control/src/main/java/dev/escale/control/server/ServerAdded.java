package dev.escale.control.server;

import java.time.Instant;

/**
 * A server that waits for its agent, and how to bring it there. The token is shown this once.
 *
 * @param installCommand one line to paste on the server, as root or with sudo
 */
public record ServerAdded(
        Server server, String installCommand, String registrationToken, Instant tokenExpiresAt) {
    @Override
    public String toString() {
        return "ServerAdded[" + server.id() + ", •••]";
    }
}
