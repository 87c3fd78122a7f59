package dev.escale.cli.demo;

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
