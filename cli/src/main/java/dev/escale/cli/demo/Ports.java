package dev.escale.cli.demo;

import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a port that nobody listens on. */
final class Ports {
    private Ports() {}

    /**
     * @return the wanted port, or when it is taken the next free one of the following hundred, or
     *     any
     */
    static int freeFrom(int wanted) {
        for (int port = wanted; port < wanted + 100; port++) {
            if (free(port)) {
                return port;
            }
        }
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * {@code ESCALE_PORT}, or 8420.
     *
     * @throws Refusal when it is no port, or taken
     */
    static int chosen() {
        String text = System.getenv().getOrDefault("ESCALE_PORT", "8420");
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new Refusal(Words.say("up.badPort", text));
        }
        if (!free(port)) {
            throw new Refusal(Words.say("up.portTaken", text));
        }
        return port;
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
