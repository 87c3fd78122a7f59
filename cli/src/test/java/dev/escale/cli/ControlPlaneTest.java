package dev.escale.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
    private static final Map<String, String> PAGES =
            Map.of(
                    "limit=100", "{\"items\":[{\"number\":3},{\"number\":2}],\"next\":\"2\"}",
                    "limit=100&before=2", "{\"items\":[{\"number\":1}],\"next\":null}",
                    "limit=2", "{\"items\":[{\"number\":3},{\"number\":2}],\"next\":\"2\"}");

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String query = exchange.getRequestURI().getQuery();
                    asked.add(query);
                    byte[] answer = PAGES.getOrDefault(query, "{\"items\":[]}").getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsGoOnOverAllPages() {
        String all = control().list("apps/shop/deployments", "before", 500);

        assertThat(asked).containsExactly("limit=100", "limit=100&before=2");
        assertThat(all)
                .isEqualTo(
                        "{\"items\":[{\"number\":3},{\"number\":2},{\"number\":1}],\"next\":null}");
    }

    @Test
    void noMoreIsAskedForThanIsWanted() {
        assertThat(control().list("apps/shop/deployments", "before", 2)).contains("\"next\":\"2\"");
        assertThat(asked).containsExactly("limit=2");
    }

    private ControlPlane control() {
        return new ControlPlane(
                new Login("http://localhost:" + server.getAddress().getPort(), "esc_x", null));
    }
}
