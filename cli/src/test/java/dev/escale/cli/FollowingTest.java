package dev.escale.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FollowingTest {
    private static final String SILENCE = "";
    private static final String QUEUED =
            """
            {"id":"dep_1","number":5,"status":"queued","current":false,
             "reason":"Deployment 4 comes first.","reasonCode":"deployment.waitsForOther"}
            """;
    private static final String AWAY =
            """
            {"id":"dep_1","number":5,"status":"queued","current":false,
             "reason":"web-1 is offline.","reasonCode":"deployment.waitsForServer"}
            """;
    private static final String LIVE =
            """
            {"id":"dep_1","number":5,"status":"live","current":true,"url":"https://shop.test",
             "steps":[{"step":"fetch","state":"done","seconds":0.2}]}
            """;

    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String answer = answers.removeFirst();
                    if (answer.isEmpty()) {
                        exchange.close();
                        throw new IOException("gone in the middle of a request");
                    }
                    exchange.sendResponseHeaders(200, answer.getBytes(UTF_8).length);
                    exchange.getResponseBody().write(answer.getBytes(UTF_8));
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tellsWhatADeploymentWaitsForOnce() {
        answers.addAll(List.of(QUEUED, QUEUED, LIVE));

        assertThat(follow().lines())
                .containsExactly(
                        "Deployment 5",
                        "  … Deployment 4 comes first.",
                        "  ✓ Fetch  0.2 s",
                        "Live: https://shop.test");
    }

    @Test
    void doesNotWaitForAServerThatIsAway() {
        answers.add(AWAY);

        assertThat(follow().lines())
                .containsExactly(
                        "Deployment 5",
                        "  … web-1 is offline.",
                        "It begins by itself as soon as the server is back.");
    }

    @Test
    void goesOnWhenTheControlPlaneWasAwayForAMoment() {
        // a client of the JDK asks a second time by itself
        answers.addAll(List.of(SILENCE, SILENCE, LIVE, LIVE));

        assertThat(follow()).endsWith("Live: https://shop.test\n");
    }

    private String follow() {
        var out = new StringWriter();
        new CommandLine(new Asking(server.getAddress().getPort()))
                .setOut(new PrintWriter(out, true))
                .execute();
        return out.toString();
    }

    @Command
    private static final class Asking implements Runnable {
        private final int port;

        @Mixin private final Output output = new Output();
        @Mixin private final Following following = new Following();

        Asking(int port) {
            this.port = port;
        }

        @Override
        public void run() {
            following.follow(
                    new ControlPlane(new Login("http://localhost:" + port, "esc_x", null)),
                    QUEUED,
                    output);
        }
    }
}
