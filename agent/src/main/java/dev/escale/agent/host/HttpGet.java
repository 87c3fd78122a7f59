package dev.escale.agent.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One GET over HTTP/1.1 whose status and headers are read and no more: java.net.http would cost the
 * agent megabytes for this.
 *
 * @param port on {@code address}
 * @param host for the Host header and for TLS
 * @param path with its leading slash, no control characters
 * @param tls null for plain HTTP
 */
public record HttpGet(
        String address,
        int port,
        String host,
        String path,
        Duration timeout,
        @Nullable SSLContext tls) {
    private static final int HEADER_BOUND = 32 << 10;

    public HttpGet {
        if (!path.matches("/[\\x21-\\x7e]*") || !host.matches("[A-Za-z0-9.:\\[\\]-]+")) {
            throw new IllegalArgumentException("not a path or host that can be asked for");
        }
    }

    /**
     * @param headers names in lower case; of repeated ones the last
     */
    public record Answer(int status, Map<String, String> headers) {}

    /**
     * @throws IOException saying what went wrong, when no whole answer came in time
     */
    public Answer ask() throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), millisUntil(deadline));
            plain.setSoTimeout(millisUntil(deadline));
            try (Socket socket = tls == null ? plain : secure(plain, tls)) {
                socket.getOutputStream().write(request().getBytes(ISO_8859_1));
                return read(new BufferedInputStream(new Hurried(socket, deadline)));
            }
        }
    }

    /** One that sends a byte now and then would be waited for as long as it likes. */
    private static final class Hurried extends InputStream {
        private final Socket socket;
        private final InputStream in;
        private final long deadline;

        Hurried(Socket socket, long deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(millisUntil(deadline));
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            socket.setSoTimeout(millisUntil(deadline));
            return in.read(bytes, offset, length);
        }
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no whole answer in time");
        }
        return Math.toIntExact(left);
    }

    private String request() {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: Escale\r\nAccept: */*\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
                .formatted(path, host);
    }

    private Socket secure(Socket plain, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Answer read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r?\n");
        String[] first = lines[0].split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[0-9]{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(first[1]), headers);
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int next; (next = in.read()) >= 0; ) {
            head.write(next);
            if (next == '\n' && complete(head.toString(ISO_8859_1))) {
                return head.toString(ISO_8859_1);
            }
            if (head.size() > HEADER_BOUND) {
                throw new IOException("headers over " + HEADER_BOUND + " bytes");
            }
        }
        throw new IOException("the connection was closed without an answer");
    }

    private static boolean complete(String head) {
        return head.endsWith("\r\n\r\n") || head.endsWith("\n\n");
    }
}
