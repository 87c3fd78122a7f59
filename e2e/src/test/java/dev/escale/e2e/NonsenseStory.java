package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Trust;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.stack.LocalStack;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that do not count, and bytes that mean nothing, on everything that listens. */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NonsenseStory {

    @Test
    void wrongAndUsedRegistrationTokensAreRefusedInOneSentence(LocalStack stack) {
        ControlProcess control = stack.control();
        String token =
                control.api().post("servers", Map.of("name", "second")).text("registrationToken");
        try (Workplace first = Workplace.fresh();
                Workplace second = Workplace.fresh()) {
            Program.Ended wrong = join(control, token + "x", second);
            assertThat(wrong.exit()).isEqualTo(1);
            assertThat(wrong.output().strip().lines().count()).isLessThanOrEqualTo(3);
            assertThat(wrong.output())
                    .containsIgnoringCase("token")
                    .doesNotContain("Exception")
                    .doesNotContain(token);

            assertThat(join(control, token, first).exit()).isZero();
            Program.Ended used = join(control, token, second);
            assertThat(used.exit()).isEqualTo(1);
            assertThat(used.output()).containsIgnoringCase("token").doesNotContain("Exception");
        }
    }

    @Test
    void wrongFingerprintStopsTheAgentBeforeItSaysItsToken(LocalStack stack) {
        ControlProcess control = stack.control();
        String token =
                control.api().post("servers", Map.of("name", "third")).text("registrationToken");
        try (Workplace home = Workplace.fresh()) {
            Program program = AgentProcess.join(control, token, environment(home));
            var arguments = new java.util.ArrayList<>(program.arguments());
            arguments.set(arguments.indexOf("--ca-sha256") + 1, "0".repeat(64));

            Program.Ended ended = Program.of(arguments).with(program.environment()).attempt();

            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.output()).doesNotContain(token).doesNotContain("Exception");
            assertThat(join(control, token, home).exit()).as("the token is still good").isZero();
        }
    }

    @Test
    void rawBytesOnThePortHarmNobody(LocalStack stack) throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 20; i++) {
            try (var socket =
                    new Socket("localhost", URI.create(stack.control().url()).getPort())) {
                var bytes = new byte[4096];
                random.nextBytes(bytes);
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|pipe|closed|abort).*");
            }
        }

        isWell(stack);
    }

    @Test
    void nonsenseOnTheAgentsSocketIsClosedAndTheRealAgentStaysOnline(LocalStack stack) {
        for (String text :
                new String[] {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{\"type\":\"hello\"}",
                    "{\"type\":\"durable\"}",
                    "x".repeat(1 << 20),
                    "{\"type\":\"hello\",\"server\":\""
                            + stack.agent().server()
                            + "\",\"version\":1,\"nonce\":\"n\",\"signature\":\"s\"}"
                }) {
            assertThat(closes(stack, text)).as(text.length() > 80 ? "1 MB" : text).isTrue();
        }

        isWell(stack);
    }

    @Test
    void agentListensOnNothing(LocalStack stack) {
        assertThat(Program.of("ss", "-Hltnup").run())
                .doesNotContain("pid=" + stack.agent().pid() + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/stream",
                "/agent/v1/connect",
                "/git/home/none.git/info/refs?service=git-receive-pack",
                "/git/home/none.git/git-receive-pack",
                "/git/../../etc/passwd",
                "/%00",
            })
    void nonsenseIsRefusedOnEveryPathThatListens(String path, LocalStack stack) {
        for (String method : new String[] {"POST", "PUT", "BREW"}) {
            Program.Ended ended =
                    Program.of(
                                    "curl",
                                    "--silent",
                                    "--path-as-is",
                                    "--max-time",
                                    "20",
                                    "--cacert",
                                    stack.control().root().toString(),
                                    "--request",
                                    method,
                                    "--data-binary",
                                    "0000\u0001nonsense",
                                    "--output",
                                    "/dev/null",
                                    "--write-out",
                                    "%{http_code}",
                                    stack.control().url() + path)
                            .attempt();

            assertThat(ended.output()).as(method + " " + path).matches("[34]\\d\\d|501");
        }
        isWell(stack);
    }

    /** An order goes through and comes back, so all sockets on its way work. */
    private static void isWell(LocalStack stack) {
        Json plan =
                stack.control().api().delete("servers/" + stack.agent().server() + "?dryRun=true");

        assertThat(plan.text("planId")).isNotBlank();
        assertThat(stack.control().api().get("servers/" + stack.agent().server()).text("state"))
                .isEqualTo("online");
    }

    private static Program.Ended join(ControlProcess control, String token, Workplace home) {
        return AgentProcess.join(control, token, environment(home)).attempt();
    }

    private static Map<String, String> environment(Workplace home) {
        return Map.of(
                "ESCALE_AGENT_HOME",
                home.folder().resolve("agent").toString(),
                "ESCALE_AGENT_NGINX",
                "private");
    }

    private static boolean closes(LocalStack stack, String text) {
        var closed = new CompletableFuture<Boolean>();
        try (HttpClient http = Trust.client(stack.control().root())) {
            WebSocket socket =
                    http.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(
                                            stack.control().url().replace("https:", "wss:")
                                                    + "/agent/v1/connect"),
                                    new Listening(closed))
                            .join();
            socket.sendText(text, true).exceptionally(_ -> socket);
            boolean done = closed.orTimeout(20, TimeUnit.SECONDS).exceptionally(_ -> false).join();
            socket.abort();
            return done;
        }
    }

    private record Listening(CompletableFuture<Boolean> closed) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean last) {
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(true);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(true);
        }
    }
}
