package dev.escale.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as much SMTP as it takes to refuse a letter, and to take the same one later. */
final class RefusingMailServer implements AutoCloseable {
    private final ServerSocket door;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean refuses = true;

    RefusingMailServer() {
        try {
            door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().name("mail-server").start(this::serve);
    }

    String url() {
        return "smtp://localhost:" + door.getLocalPort() + "?from=escale@example.org";
    }

    void takeFromNowOn() {
        refuses = false;
    }

    int taken() {
        return taken.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket client = door.accept()) {
                talk(client);
            } catch (IOException ended) {
                // the client hung up, or we are closed
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 here");
        String line = in.readLine();
        while (line != null && !line.startsWith("QUIT")) {
            if (line.startsWith("DATA")) {
                say(client, "354 go on");
                while (line != null && !line.equals(".")) {
                    line = in.readLine();
                }
                taken.incrementAndGet();
            }
            boolean refused = line != null && line.startsWith("RCPT") && refuses;
            say(client, refused ? "550 no such user here" : "250 well");
            line = in.readLine();
        }
        say(client, "221 bye");
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
