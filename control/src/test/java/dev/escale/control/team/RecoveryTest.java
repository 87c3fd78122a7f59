package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sign-in links that members make for members; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class RecoveryTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void aMemberWhoLostAccessComesBackByALinkAndTheRecordSaysWhoMadeIt() {
        join("Dan", "developer");
        TestBrowser ada = join("Ada", "admin");
        String maker = member("Ada");

        Answer made = link(ada.token("home"), member("Dan"));
        var back = new TestBrowser(control);
        Answer signedIn = open(back, made);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(signedIn.header("Location")).isEqualTo("/");
        assertThat(back.get("/home/account").body()).contains("value=\"Dan\"");
        assertThat(open(new TestBrowser(control), made).header("Location"))
                .endsWith("/login?refused");
        String record = control.get("/api/v1/audit").body();
        assertThat(record)
                .contains("member.recover", "\"maker\":\"" + maker + "\"")
                .doesNotContain(text(made));
    }

    @Test
    void thePageShowsTheLinkOnceOrWhyNot() {
        join("Dan", "viewer");
        TestBrowser ada = join("Ada", "admin");
        String page = "/home/team/members/" + member("Dan");

        assertThat(ada.get(page).body()).contains(page + "/recover");
        assertThat(ada.post(page + "/recover").body()).contains("/login/");
        Answer refused = ada.post("/home/team/members/" + member("Owner") + "/recover");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("/login/");
    }

    @Test
    void nobodyBecomesMoreThanTheyAreByALink() {
        TestBrowser ada = join("Ada", "admin");
        TestBrowser dan = join("Dan", "developer");
        TestBrowser vic = join("Vic", "viewer");
        String admin = ada.token("home");

        assertThat(code(link(admin, member("Owner")))).isEqualTo("member.moreThanYours");
        assertThat(code(link(admin, member("Ada")))).isEqualTo("member.recoverSelf");
        assertThat(code(link(dan.token("home"), member("Vic")))).isEqualTo("permission.missing");

        vic.post("/home/teams", "name", "Elsewhere");
        assertThat(code(link(admin, member("Vic")))).isEqualTo("member.recoverElsewhere");
    }

    @Test
    void aLinkEndsWhenItWouldOpenMoreThanItsMakerKnewOf() {
        join("Dan", "developer");
        String admin = join("Ada", "admin").token("home");
        Answer made = link(admin, member("Dan"));

        Answer promoted =
                control.send(
                        "PATCH",
                        "/api/v1/teams/home/members/" + member("Dan"),
                        "{\"grants\":[{\"role\":\"owner\"}]}");

        assertThat(promoted.status()).isEqualTo(200);
        assertThat(open(new TestBrowser(control), made).header("Location"))
                .endsWith("/login?refused");
    }

    @Test
    void aLinkEndsWithTheRightsOfWhoMadeIt() {
        join("Dan", "developer");
        String admin = join("Ada", "admin").token("home");
        Answer made = link(admin, member("Dan"));

        Answer demoted =
                control.send(
                        "PATCH",
                        "/api/v1/teams/home/members/" + member("Ada"),
                        "{\"grants\":[{\"role\":\"viewer\"}]}");

        assertThat(demoted.status()).isEqualTo(200);
        assertThat(open(new TestBrowser(control), made).header("Location"))
                .endsWith("/login?refused");
    }

    private Answer link(String token, String person) {
        return control.send(
                control.request("/api/v1/teams/home/members/" + person + "/sign-in-links")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody()));
    }

    private static Answer open(TestBrowser browser, Answer made) {
        return browser.post("/login", "token", text(made));
    }

    private static String text(Answer made) {
        return URI.create(made.json().get("link").asString())
                .getPath()
                .substring("/login/".length());
    }

    private static String code(Answer answer) {
        return answer.json().get("code").asString();
    }

    private TestBrowser join(String name, String role) {
        Answer invited =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"grants\":[{\"role\":\"" + role + "\"}]}");
        var browser = new TestBrowser(control);
        browser.post(URI.create(invited.json().get("link").asString()).getPath(), "name", name);
        return browser;
    }

    private String member(String name) {
        for (var each : control.get("/api/v1/teams/home/members").json().get("items")) {
            if (each.get("name").asString().equals(name)) {
                return each.get("person").asString();
            }
        }
        throw new AssertionError("no member " + name);
    }
}
