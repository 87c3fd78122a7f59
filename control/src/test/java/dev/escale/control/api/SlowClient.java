package dev.escale.control.api;

import dev.escale.control.RunningControl;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** Keeps one connection, and sends the head and the body of a request apart. */
public final class SlowClient implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final RunningControl control;
    private final SSLSocket socket;
    private final DataInputStream answers;

    public SlowClient(RunningControl control) throws IOException {
        this.control = control;
        this.socket =
                (SSLSocket)
                        control.http()
                                .sslContext()
                                .getSocketFactory()
                                .createSocket("localhost", control.config().port());
        this.answers = new DataInputStream(socket.getInputStream());
    }

    public void head(String request, int length) throws IOException {
        send(
                """
                %s HTTP/1.1
                Host: localhost:%d
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %d

                """
                        .formatted(request, control.config().port(), RunningControl.TOKEN, length)
                        .replace("\n", "\r\n"));
    }

    /** The length of the body is not told. */
    public void headWithoutLength(String request) throws IOException {
        send(
                """
                %s HTTP/1.1
                Host: localhost:%d
                Authorization: Bearer %s
                Content-Type: application/json
                Transfer-Encoding: chunked

                """
                        .formatted(request, control.config().port(), RunningControl.TOKEN)
                        .replace("\n", "\r\n"));
    }

    /** One part of a body whose length is not told. */
    public void chunk(String text) throws IOException {
        send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    public void body(String text) throws IOException {
        send(text);
    }

    /** Keeps the processor, so that the time between head and body is what it should be. */
    void spin(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Of the next answer, which is read to its end. */
    public int status() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) answers.readUnsignedByte());
        }
        Matcher length = LENGTH.matcher(head);
        answers.readFully(new byte[length.find() ? Integer.parseInt(length.group(1)) : 0]);
        return Integer.parseInt(head.substring(9, 12));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
