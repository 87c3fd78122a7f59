package dev.escale.control.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.provider.ProviderException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** A far end that does not keep to the rules, over a real socket. */
@Timeout(20)
class ProviderHttpTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final ProviderHttp http = new ProviderHttp(new JsonMapper(), Duration.ofMillis(400));
    private ServerSocket server;

    /** What is written to whoever connects; the connection stays open afterwards. */
    private interface Rude {
        void answer(OutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void givesUpOnOneThatNeverAnswers() {
        rudely(out -> {});

        refused(Kind.SILENT);
    }

    @Test
    void givesUpOnOneThatNeverEndsItsAnswer() {
        rudely(out -> out.write((OK + "Content-Length: 5000\r\n\r\n{\"login\":").getBytes()));

        refused(Kind.SILENT);
    }

    @Test
    void readsNoMoreThanItsBound() {
        byte[] body = "x".repeat(ProviderHttp.MOST_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
        rudely(
                out -> {
                    out.write((OK + "Content-Length: " + body.length + "\r\n\r\n").getBytes());
                    out.write(body);
                });

        refused(Kind.SILENT);
    }

    @Test
    void followsNobodyElsewhere() {
        rudely(
                out ->
                        out.write(
                                ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                                + "Content-Length: 0\r\n\r\n")
                                        .getBytes()));

        refused(Kind.NONSENSE);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        server.close();

        refused(Kind.SILENT);
    }

    private void refused(Kind kind) {
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/user");
        assertThatThrownBy(() -> http.get(address, "the token"))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageNotContaining("the token");
    }

    private void rudely(Rude rude) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                Socket socket = server.accept();
                                rude.answer(socket.getOutputStream());
                            } catch (IOException gone) {
                                // the client has given up, as it should
                            }
                        });
    }
}
