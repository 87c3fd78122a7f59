package dev.escale.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.agentlink.FakeAgent;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.TestDatabase;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Order;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLevel;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An app's output over a real port, from an agent that is played. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
final class AppLogApiTest {
    private static final LogGap GAP = new LogGap("x/err", "0", "40", 3, "slow");

    private static RunningControl control;
    private static int number;

    @Parameter TestDatabase.Kind kind;

    private FakeAgent agent;
    private String slug;
    private String app;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void appOnAConnectedServer() throws Exception {
        slug = "shop-" + ++number;
        agent = new FakeAgent(control, control.bean(Authority.class).sha256());
        Answer server =
                control.send("POST", "/api/v1/servers", "{\"name\":\"web-%d\"}".formatted(number));
        agent.register(server.json().at("/registrationToken").asString());
        agent.connect();
        agent.awaitOnline();
        String body = "{\"name\":\"%s\",\"server\":\"%s\",\"source\":{\"type\":\"escale\"}}";
        Answer created = control.send("POST", "/api/v1/apps", body.formatted(slug, agent.server()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        app = created.json().at("/id").asString();
    }

    @Test
    void linesComeAsTextWithWhatIsMissing() throws Exception {
        CompletableFuture<Answer> asked = ask("?lines=50&query=" + encoded("level:error -healthz"));

        Order.OpenLog order = (Order.OpenLog) agent.command().order();
        assertThat(order.sources()).containsExactly(LogSource.app(app, slug));
        assertThat(order.query()).isEqualTo("level:error -healthz");
        assertThat(order.backlog()).isEqualTo(50);
        agent.say(lines(order.stream()));

        Answer answer = asked.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "… 3 lines were left out: it came faster than it could be taken\n"
                                + "Error: gone\n    at a.js:1\n");
    }

    @Test
    void linesComeAsJson() throws Exception {
        CompletableFuture<Answer> asked = ask("?format=json");

        agent.say(lines(((Order.OpenLog) agent.command().order()).stream()));

        List<String> lines = asked.get(10, TimeUnit.SECONDS).body().lines().toList();
        assertThat(lines)
                .containsExactly(
                        "{\"gap\":{\"file\":\"x/err\",\"from\":\"0\",\"to\":\"40\",\"lines\":3,"
                                + "\"reason\":\"slow\"}}",
                        "{\"at\":\"2026-11-23T12:00:01Z\",\"type\":\"stderr\",\"level\":\"error\","
                                + "\"release\":7,\"file\":\"x/err\",\"position\":\"40\","
                                + "\"text\":\"Error: gone\\n    at a.js:1\"}");
    }

    @Test
    void queryThatMeansNothingIsRefusedInTheReadersLanguage() {
        for (var said :
                Map.of(
                                "en", "Not a regular expression (RE2): a(b",
                                "fr", "Ce n’est pas une expression régulière (RE2)\u00a0: a(b")
                        .entrySet()) {
            Answer answer =
                    control.send(
                            control.authorized(path("?query=" + encoded("/a(b/")))
                                    .header("Accept-Language", said.getKey()));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body()).contains("query.regex").contains(said.getValue());
        }
    }

    private CompletableFuture<Answer> ask(String parameters) {
        return CompletableFuture.supplyAsync(() -> control.get(path(parameters)));
    }

    private String path(String parameters) {
        return "/api/v1/apps/" + slug + "/logs" + parameters;
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static FromAgent.LogLines lines(String stream) {
        var line =
                new LogLine(
                        "x/err",
                        "40",
                        "90",
                        OffsetDateTime.parse("2026-11-23T13:00:01+01:00"),
                        "stderr",
                        LogLevel.ERROR,
                        "shop",
                        7L,
                        Map.of(),
                        "Error: gone\n    at a.js:1");
        return new FromAgent.LogLines(stream, List.of(line), List.of(GAP), Map.of("x/err", "90"));
    }
}
