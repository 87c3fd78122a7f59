package dev.escale.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class ApiTest {
    @Parameter TestDatabase.Kind kind;

    private static RunningControl control;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @Test
    void whatNobodyReadsIsAFaultAndNothingIsDone() {
        for (String body :
                List.of(
                        "{\"name\":\"t\",\"permission\":[\"app.read\"]}",
                        "{\"name\":\"t\",\"expires\":\"2036-12-01T00:00:00Z\"}",
                        "{\"name\":\"t\",\"permissions\":[]}",
                        "{\"name\":\"t\",\"places\":[{\"target\":\"shop\"}]}",
                        "{\"name\":\"t\",\"places\":[{\"app\":\"shop\"}]}")) {
            assertThat(control.send("POST", "/api/v1/tokens", body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        var misspelt = control.send("POST", "/api/v1/tokens?dryrun=true", "{\"name\":\"t\"}");
        assertThat(misspelt.status()).isEqualTo(422);
        assertThat(misspelt.body()).contains("dryrun", "Known are: dryRun, team.");
        assertThat(
                        control.send(
                                        "POST",
                                        "/api/v1/teams/home/invitations",
                                        "{\"grants\":[{\"role\":\"owner\",\"app\":\"shop\"}]}")
                                .status())
                .isEqualTo(422);
        assertThat(control.get("/api/v1/tokens").body()).doesNotContain("\"name\":\"t\"");
    }

    @Test
    void aDryRunMakesNoTokenAndAppliesNoPlan() {
        long before = control.get("/api/v1/tokens").json().get("items").size();

        Answer planned = control.send("POST", "/api/v1/tokens?dryRun=true", "{\"name\":\"dry\"}");
        String plan = "/api/v1/plans/" + planned.json().get("planId").asString() + "/apply";
        Answer again = control.send("POST", plan + "?dryRun=true", "{}");

        assertThat(planned.status()).isEqualTo(200);
        assertThat(planned.json().at("/steps/0/code").asString()).isEqualTo("plan.token.create");
        assertThat(again.json().get("applied").asBoolean()).isFalse();
        assertThat(control.get("/api/v1/tokens").json().get("items")).hasSize((int) before);
    }

    @Test
    void theOwnersFirstTokenSaysWhoTheyAre() {
        JsonNode me = control.get("/api/v1/me").json();

        assertThat(me.get("type").asString()).isEqualTo("token");
        assertThat(me.get("team").get("slug").asString()).isEqualTo("home");
        assertThat(me.get("permissions").get(0).asString()).isEqualTo("*");
    }

    @Test
    void aTokenIsShownOnceAndEndsWhenItIsRevoked() {
        JsonNode made = control.send("POST", "/api/v1/tokens", "{\"name\":\"laptop\"}").json();
        String token = made.get("token").asString();
        String id = made.get("id").asString();

        assertThat(token).matches("esc_[0-9A-Za-z]{49}");
        assertThat(with(token).status()).isEqualTo(200);
        assertThat(control.get("/api/v1/tokens").body()).contains(id).doesNotContain(token);

        Answer planned = control.send("DELETE", "/api/v1/tokens/" + id + "?dryRun=true", "");
        assertThat(planned.json().at("/steps/0/code").asString()).isEqualTo("plan.token.revoke");
        assertThat(control.get("/api/v1/tokens").body()).contains(id);
        assertThat(control.send("DELETE", "/api/v1/tokens/" + id, "").status()).isEqualTo(204);
        assertThat(with(token).status()).isEqualTo(401);
        assertThat(control.send("DELETE", "/api/v1/tokens/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void aRequestWithoutAValidTokenIsToldSo() {
        for (String token : new String[] {"esc_wrong", "", "esc_" + "x".repeat(5_000)}) {
            Answer answer = with(token);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().get("code").asString()).isEqualTo("request.unauthenticated");
        }
    }

    @Test
    void allFaultsOfTheInputAreToldAtOnceInTheReadersLanguage() {
        String json = "{\"name\":\" \",\"expiresAt\":\"2001-01-01T00:00:00Z\"}";

        Answer answer =
                control.send(
                        control.authorized("/api/v1/tokens")
                                .header("Content-Type", "application/json")
                                .header("Accept-Language", "fr-CH, en;q=0.5")
                                .POST(BodyPublishers.ofString(json)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Language")).isEqualTo("fr");
        JsonNode faults = answer.json().get("faults");
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0).get("field").asString()).isEqualTo("name");
        assertThat(faults.get(0).get("message").asString()).startsWith("Un jeton");
        assertThat(faults.get(1).get("field").asString()).isEqualTo("expiresAt");
    }

    @Test
    void whatIsNotARequestOfOursIsAProblemWithItsOwnCode() {
        assertProblem(control.send("POST", "/api/v1/tokens", "{\"name\":"), 400, "input.malformed");
        assertProblem(control.send("POST", "/api/v1/tokens", ""), 400, "input.malformed");
        assertProblem(
                control.send("POST", "/api/v1/tokens", "{\"name\":{}}"), 422, "input.invalid");
        assertProblem(control.send("PUT", "/api/v1/tokens", "{}"), 405, "request.method");
        assertProblem(control.get("/api/v1/nothing"), 404, "request.unknownPath");
        assertProblem(control.get("/api/v1/plans/pl_nothing"), 404, "plan.unknown");
        assertProblem(control.get("/api/v1/audit?limit=x"), 422, "input.invalid");
        assertProblem(control.get("/api/v1/audit?limit=0"), 422, "input.invalid");
        assertProblem(control.get("/api/v1/me?team=other"), 404, "team.unknown");
        assertProblem(
                control.send(
                        control.authorized("/api/v1/tokens")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("x"))),
                415,
                "request.mediaType");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithAndWithoutItsLengthAnnounced() {
        byte[] body = (" ".repeat((int) RequestLimit.BYTES) + "{}").getBytes();

        for (var publisher :
                new java.net.http.HttpRequest.BodyPublisher[] {
                    BodyPublishers.ofByteArray(body),
                    BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))
                }) {
            Answer answer =
                    control.send(
                            control.authorized("/api/v1/tokens")
                                    .header("Content-Type", "application/json")
                                    .POST(publisher));

            assertProblem(answer, 413, "request.tooLarge");
        }
    }

    /** A busy machine brings a body when its answer is already under way: nobody is cut off. */
    @Test
    void aBodyThatNobodyAskedForLeavesTheConnectionInUse() throws Exception {
        try (var client = new SlowClient(control)) {
            for (int i = 0; i < 400; i++) {
                client.head("PATCH /api/v1/teams/none/roles/none", 2);
                client.spin(Duration.ofNanos(i % 100 * 20_000));
                client.body("{}");

                assertThat(client.status()).as("request %d", i).isEqualTo(404);
            }
        }
    }

    @Test
    void whatWasDoneAndRefusedIsInTheRecord() {
        control.send("POST", "/api/v1/tokens", "{\"name\":\"seen\"}");
        control.send("POST", "/api/v1/tokens", "{\"name\":\"\"}");

        JsonNode entries = control.get("/api/v1/audit?limit=3").json().get("items");

        assertThat(entries.get(0).get("phase").asString()).isEqualTo("refused");
        assertThat(entries.get(0).get("outcome").asString()).isEqualTo("input.invalid");
        assertThat(entries.get(1).get("phase").asString()).isEqualTo("outcome");
        assertThat(entries.get(1).get("outcome").asString()).isEqualTo("done");
        assertThat(entries.get(2).get("phase").asString()).isEqualTo("intent");
        assertThat(entries.get(2).get("target").get("name").asString()).isEqualTo("seen");
        assertThat(entries.get(1).get("prevHash")).isEqualTo(entries.get(2).get("hash"));
    }

    @Test
    void restDescribesItself() {
        JsonNode document = control.send(control.request(OpenApi.PATH)).json();

        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        JsonNode post = document.get("paths").get("/api/v1/tokens").get("post");
        assertThat(post.get("requestBody").toString()).contains("CreateTokenInput");
        JsonNode input = document.get("components").get("schemas").get("CreateTokenInput");
        assertThat(input.get("properties").get("expiresAt").toString()).contains("date-time");
        assertThat(document.get("components").get("schemas").has("ProblemDocument")).isTrue();
    }

    @Test
    void whateverChangesSomethingCanBePlannedFirst() {
        JsonNode paths = control.send(control.request(OpenApi.PATH)).json().get("paths");

        List<String> without = new ArrayList<>();
        paths.forEachEntry(
                (path, methods) ->
                        methods.forEachEntry(
                                (method, operation) -> {
                                    if (!method.equals("get")
                                            && !operation.toString().contains("\"dryRun\"")) {
                                        without.add(method + " " + path);
                                    }
                                }));

        assertThat(without).isEmpty();
    }

    @Test
    void monitorsNeedNoTokenAndLearnNothingOfTeams() {
        assertThat(control.send(control.request("/healthz")).status()).isEqualTo(200);
        assertThat(control.send(control.request("/readyz")).json().get("database").asString())
                .isEqualTo("up");
        assertThat(control.send(control.request("/metrics")).body())
                .contains("jvm_memory_used_bytes")
                .doesNotContain("tm_");
    }

    @Test
    void everyAnswerTellsBrowsersToTrustNobodyElse() {
        for (String path : new String[] {"/", "/api/v1/me", "/healthz"}) {
            Answer answer = control.send(control.request(path));

            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        }
    }

    @Test
    void thePortSpeaksTls13OnlyAndShowsTheRootByItsFingerprint() throws Exception {
        SSLContext trust =
                RunningControl.trust(control.config().home().resolve("ca").resolve("root.pem"));

        try (SSLSocket socket = connect(trust)) {
            socket.startHandshake();
            X509Certificate[] chain = (X509Certificate[]) socket.getSession().getPeerCertificates();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(chain[chain.length - 1].getEncoded());
            assertThat(HexFormat.of().formatHex(digest))
                    .isEqualTo(control.bean(Authority.class).sha256());
        }
        try (SSLSocket socket = connect(trust)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLSocket connect(SSLContext trust) throws Exception {
        return (SSLSocket)
                trust.getSocketFactory().createSocket("127.0.0.1", control.config().port());
    }

    private static Answer with(String token) {
        return control.send(
                control.request("/api/v1/me").header("Authorization", "Bearer " + token));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonNode problem = answer.json();
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("detail").asString()).doesNotContain("problem.", "{");
    }
}
