package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MovedClock;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.SignInSettings;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is counted when something is asked too often, while time stands still; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class CountedTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind, SignInSettings.NONE, new MovedClock());
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void whoNamesATeamThatIsNotTheirsIsCountedToo() {
        Answer first = inNoTeam();
        Answer last = until429(this::inNoTeam);

        assertThat(first.status()).isEqualTo(404);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isNotEmpty();
        assertThat(control.send("POST", "/api/v1/servers", "{}").status())
                .as("the address is counted, not the person")
                .isEqualTo(422);
    }

    @Test
    void whoHasNoTeamIsCountedToo() {
        String link =
                done("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"owner\"}]}")
                        .json()
                        .get("link")
                        .asString();
        var browser = new TestBrowser(control);
        browser.post(URI.create(link).getPath(), "name", "Leaver");
        String person = as(browser.token("home"), "/api/v1/me").json().get("person").asString();
        Answer plan = control.send("DELETE", "/api/v1/teams/home/members/" + person, "");
        done("POST", "plans/" + plan.json().get("planId").asString() + "/apply", "{}");

        Answer first = browser.post("/home/servers", "name", "");
        Answer last = until429(() -> browser.post("/home/servers", "name", ""));

        assertThat(first.status()).isEqualTo(403);
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void afterTooManyGuessesOnlyTokensThatWereUsedBeforeAreLookedAt() {
        String unused = token();
        String used = token();
        String revoked = token();
        assertThat(as(used, "/api/v1/me").status()).isEqualTo(200);
        assertThat(as(revoked, "/api/v1/me").status()).isEqualTo(200);
        revoke(revoked);
        Answer last = until429(() -> as("esc_nonsense", "/api/v1/me"));

        assertThat(last.status()).isEqualTo(429);
        assertThat(as(unused, "/api/v1/me").status()).as("valid, and unknown").isEqualTo(429);
        assertThat(as(used, "/api/v1/me").status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(as(revoked, "/api/v1/me").status()).isEqualTo(429);
        }
    }

    @Test
    void afterTooManyGuessesGitLooksAtNothingElseEither() {
        app();
        String refs = "/git/home/shop.git/info/refs?service=git-upload-pack";
        String unused = token();
        String used = token();
        assertThat(git(used, refs).status()).isEqualTo(200);
        Answer last = until429(() -> git("esc_nonsense", refs));

        assertThat(last.status()).isEqualTo(429);
        assertThat(git(unused, refs).status()).as("valid, and unknown").isEqualTo(429);
        assertThat(git(used, refs).status()).isEqualTo(200);
    }

    /** Half of them by each token, which is less than one may. */
    @Test
    void pushesAreCountedByPersonHoweverManyTokensTheyHave() {
        app();
        List<String> tokens = List.of(token(), token());
        Answer last = push(tokens.getFirst());
        assertThat(last.status()).isEqualTo(200);
        for (int i = 1; i < 220 && last.status() != 429; i++) {
            last = push(tokens.get(i % 2));
        }

        assertThat(last.status()).isEqualTo(429);
    }

    private Answer push(String token) {
        return control.send(
                control.request("/git/home/shop.git/git-receive-pack")
                        .header("Authorization", basic(token))
                        .header("Content-Type", "application/x-git-receive-pack-request")
                        .POST(BodyPublishers.ofString("0000")));
    }

    private Answer git(String token, String path) {
        return control.send(control.request(path).header("Authorization", basic(token)));
    }

    private static String basic(String token) {
        return "Basic " + Base64.getEncoder().encodeToString(("x:" + token).getBytes());
    }

    private Answer inNoTeam() {
        return control.send(
                control.authorized("/api/v1/servers")
                        .header("X-Escale-Team", "nosuch")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));
    }

    private static Answer until429(Supplier<Answer> ask) {
        Answer last = ask.get();
        for (int i = 0; i < 500 && last.status() != 429; i++) {
            last = ask.get();
        }
        return last;
    }

    private void app() {
        done("POST", "servers", "{\"name\":\"web-1\"}");
        done(
                "POST",
                "apps",
                "{\"name\":\"Shop\",\"server\":\"web-1\",\"source\":{\"type\":\"escale\"}}");
    }

    private String token() {
        return done("POST", "tokens", "{\"name\":\"one\"}").json().get("token").asString();
    }

    private void revoke(String token) {
        String id = as(token, "/api/v1/me").json().get("id").asString();
        done("DELETE", "tokens/" + id, "");
    }

    private Answer as(String token, String path) {
        return control.send(control.request(path).header("Authorization", "Bearer " + token));
    }

    private Answer done(String method, String path, String body) {
        Answer answer = control.send(method, "/api/v1/" + path, body);
        assertThat(answer.status()).as(path + ": " + answer.body()).isBetween(200, 299);
        return answer;
    }
}
