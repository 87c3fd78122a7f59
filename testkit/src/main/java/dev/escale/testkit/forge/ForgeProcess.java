package dev.escale.testkit.forge;

import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A forge on a port of its own. */
final class ForgeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final int port;
    private final Running running;

    private ForgeProcess(int port, Running running) {
        this.port = port;
        this.running = running;
    }

    /**
     * @param arguments of Node.js
     */
    static ForgeProcess start(int port, Path log, String... arguments) {
        List<String> all = new ArrayList<>(List.of(ForgePackages.node().toString()));
        all.addAll(List.of(arguments));
        var forge = new ForgeProcess(port, Program.of(all).start(log));
        forge.awaitReady();
        return forge;
    }

    static int freePort() {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        running.close();
    }

    private void awaitReady() {
        Wait.until(
                "the forge to listen:\n" + running.output(),
                START,
                () -> listens() || !running.alive());
        if (!running.alive()) {
            throw new AssertionError("the forge ended by itself:\n" + running.output());
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
