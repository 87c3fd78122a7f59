package dev.escale.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.testkit.Trust;
import dev.escale.testkit.control.ControlProcess;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/**
 * One connection of HTTP/1.1 that is kept, and takes as little of the machine as it can: what is
 * measured runs on the same processors.
 */
final class KeptConnection implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final String host;

    KeptConnection(ControlProcess control) throws IOException {
        URI url = URI.create(control.url());
        host = url.getAuthority();
        socket =
                (SSLSocket)
                        Trust.only(control.root())
                                .getSocketFactory()
                                .createSocket(url.getHost(), url.getPort());
        var checked = socket.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checked);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }

    /**
     * @param body empty for none
     * @return the status
     */
    int send(String method, String path, String token, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
        } else {
            skipChunks();
        }
        return status;
    }

    private void skipChunks() throws IOException {
        for (int size = chunk(); size > 0; size = chunk()) {
            in.skipNBytes(size);
            line();
        }
        line();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) one);
        }
        return line.isEmpty() ? "" : line.substring(0, line.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
