package dev.escale.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What stands in the record after what was asked for over REST. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
@Timeout(90)
class AuditOverRestTest {
    private final RunningControl control;

    AuditOverRestTest(TestDatabase.Kind kind) {
        this.control = RunningControl.start(kind);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void saysWhatWasMadeAndWhatWasAskedButNoSecret() {
        try (var agent = PlayedAgent.join(control, "web-1")) {
            post("apps", "{\"name\":\"shop\",\"server\":\"web-1\"}", 201);
            String id = control.get("/api/v1/apps/shop").json().get("id").asString();
            send(
                    "PATCH",
                    "apps/shop/env",
                    "{\"set\":{\"KEY\":{\"value\":\"hunter2\"}},\"unset\":[\"NONE\"]}",
                    200);
            send("PATCH", "apps/shop/env", "{\"set\":{\"A=hunter2\":{\"value\":\"b\"}}}", 422);

            JsonNode made = newest("app.create", "outcome");
            assertThat(made.at("/target/id").asString()).isEqualTo(id);
            assertThat(newest("app.create", "intent").at("/detail/name").asString())
                    .isEqualTo("shop");
            assertThat(newest("app.env", "intent").at("/detail/set").asString()).isEqualTo("KEY");
            assertThat(newest("app.env", "refused").at("/detail/set").asString()).isEqualTo("?");
            assertThat(newest("server.add", "outcome").at("/target/id").asString())
                    .startsWith("srv_");
            assertThat(control.get("/api/v1/audit?limit=500").body()).doesNotContain("hunter2");
        }
    }

    @Test
    void aRefusedAddressIsWrittenDownWithoutItsToken() {
        post(
                "apps",
                """
                {"name":"shop","server":"web-1",
                 "source":{"type":"git","url":"https://ghp_hunter2@git.example.com/shop.git"}}
                """,
                422);

        JsonNode refused = newest("app.create", "refused");
        assertThat(refused.at("/detail/url").asString())
                .isEqualTo("https://git.example.com/shop.git");
        assertThat(refused.toString()).doesNotContain("hunter2");
    }

    @Test
    void aNameWithControlCharactersIsAFaultOfTheInput() {
        for (String name : List.of("a\\u0000b", "a\\nb", "a\\u001b[31mb")) {
            for (String where : List.of("tokens", "servers", "apps")) {
                post(where, "{\"name\":\"%s\",\"server\":\"web-1\"}".formatted(name), 422);
            }
        }
    }

    @Test
    void aTokenThatIsValidForThousandsOfYearsIsAFaultOfTheInput() {
        post("tokens", "{\"name\":\"a\",\"expiresAt\":\"+999999999-01-01T00:00:00Z\"}", 422);
    }

    @Test
    void oneOfThoseWhoTakeANameAtTheSameTimeGetsItAndTheOthersAreToldSo() throws Exception {
        try (var agent = PlayedAgent.join(control, "web-1")) {
            assertThat(atOnce("apps", "{\"name\":\"shop\",\"server\":\"web-1\"}"))
                    .containsOnlyOnce(201)
                    .isSubsetOf(201, 409, 422);
        }
        assertThat(atOnce("servers", "{\"name\":\"web-2\"}"))
                .containsOnlyOnce(201)
                .isSubsetOf(201, 409, 422);
    }

    @Test
    void aTokenThatWasRevokedIsWrittenDownWhereverItIsTried() {
        var made = control.send("POST", "/api/v1/tokens", "{\"name\":\"old\"}").json();
        send("DELETE", "tokens/" + made.get("id").asString(), "", 204);
        String token = made.get("token").asString();

        for (int i = 0; i < 30; i++) {
            var answer =
                    control.send(
                            control.request("/api/v1/me")
                                    .header("Authorization", "Bearer " + token));
            assertThat(answer.status()).isEqualTo(401);
        }

        List<JsonNode> tried =
                entries().stream()
                        .filter(each -> each.get("action").asString().equals("token.use"))
                        .toList();
        assertThat(tried).hasSize(20);
        assertThat(tried.getFirst().get("outcome").asString()).isEqualTo("token.revoked");
        assertThat(tried.getFirst().at("/origin/ip").asString()).isNotEmpty();
        assertThat(tried.getFirst().at("/target/id").asString())
                .isEqualTo(made.get("id").asString());
    }

    @Test
    void theFirstStartIsInTheRecord() {
        assertThat(entries())
                .extracting(each -> each.get("action").asString())
                .contains("team.create", "member.add", "token.create", "signInLink.create");
    }

    @Test
    void whatACrashCutOffIsInterruptedAtTheNextStart() {
        var team = control.bean(TeamLookup.class).all().getFirst();
        var by = Actor.system(team);
        AuditTrail trail = control.bean(AuditTrail.class);
        trail.record(line("op_done", AuditTrail.Phase.INTENT, by));
        trail.record(line("op_done", AuditTrail.Phase.OUTCOME, by));
        trail.record(line("op_lost", AuditTrail.Phase.INTENT, by));

        control.restart();
        control.restart();

        assertThat(entries())
                .filteredOn(each -> each.get("outcome").asString("").equals("interrupted"))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.get("operation").asString()).isEqualTo("op_lost");
                            assertThat(each.get("phase").asString()).isEqualTo("outcome");
                            assertThat(each.at("/target/id").asString()).isEqualTo("th_1");
                        });
        assertThat(control.bean(AuditVerification.class).walk(team))
                .isInstanceOf(AuditVerification.Finding.Intact.class);
    }

    private static AuditTrail.Line line(String operation, AuditTrail.Phase phase, Actor by) {
        return new AuditTrail.Line(
                operation,
                phase,
                null,
                null,
                by,
                "thing.do",
                Target.of("thing", "th_1", "thing"),
                phase == AuditTrail.Phase.INTENT ? null : "done",
                Map.of());
    }

    private List<JsonNode> entries() {
        JsonNode items = control.get("/api/v1/audit?limit=500").json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private List<Integer> atOnce(String where, String json) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> request =
                    () -> control.send("POST", "/api/v1/" + where, json).status();
            for (Future<Integer> each :
                    threads.invokeAll(IntStream.range(0, 12).mapToObj(i -> request).toList())) {
                statuses.add(each.get());
            }
        }
        return statuses;
    }

    private void post(String where, String json, int status) {
        send("POST", where, json, status);
    }

    private void send(String method, String where, String json, int status) {
        var answer = control.send(method, "/api/v1/" + where, json);
        assertThat(answer.status()).as(where + " " + answer.body()).isEqualTo(status);
    }

    private JsonNode newest(String action, String phase) {
        return entries().stream()
                .filter(each -> each.get("action").asString().equals(action))
                .filter(each -> each.get("phase").asString().equals(phase))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + phase + " of " + action));
    }
}
