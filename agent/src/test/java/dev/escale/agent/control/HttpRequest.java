package dev.escale.agent.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** As much HTTP/1.1 as an agent speaks. */
record HttpRequest(String line, Map<String, String> headers, String body) {
    static HttpRequest read(InputStream in) throws IOException {
        String line = line(in);
        var headers = new HashMap<String, String>();
        for (String header; !(header = line(in)).isEmpty(); ) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new HttpRequest(line, headers, new String(in.readNBytes(length), UTF_8));
    }

    void upgrade(OutputStream out) throws IOException {
        String accept = headers.get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(accept.getBytes(ISO_8859_1));
            String head =
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(sha1)
                            + "\r\n\r\n";
            out.write(head.getBytes(ISO_8859_1));
            out.flush();
        } catch (NoSuchAlgorithmException failure) {
            throw new AssertionError(failure);
        }
    }

    static void answer(OutputStream out, int status, String reason, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, reason, bytes.length);
        out.write(head.getBytes(ISO_8859_1));
        out.write(bytes);
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c; (c = in.read()) != '\n'; ) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
