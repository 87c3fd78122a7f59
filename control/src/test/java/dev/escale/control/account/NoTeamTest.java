package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Somebody who belongs to no team any more comes in, by every door, to a page that says so. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class NoTeamTest {
    private static RunningControl control;
    private static FakeProvider provider;
    private static ProviderDance dance;
    private static int people = 9000;

    @Parameter TestDatabase.Kind kind;

    private Account jane;
    private String person;
    private SoftKey key;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        provider = FakeProvider.start();
        control = RunningControl.start(kind, provider.settings(false));
        dance = new ProviderDance(control, provider);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
        provider.close();
    }

    @BeforeEach
    void somebodyWhoWasRemoved() {
        int id = ++people;
        jane = new Account(id, "jane" + id, "jane" + id + "@example.com", true);
        TestBrowser browser = dance.browser();
        assertThat(dance.join(browser, jane).header("Location")).isEqualTo("/home/apps");
        person = newest().at("/actor/id").asString();
        key = new SoftKey("localhost");
        String challenge =
                browser.post("/home/account/passkeys/options").json().get("challenge").asString();
        Answer made =
                browser.post(
                        "/home/account/passkeys",
                        "name",
                        "laptop",
                        "credential",
                        key.create(challenge, origin()));
        assertThat(made.header("Location")).as(made.body()).isEqualTo("/home/account/sign-in");
        Answer plan = control.send("DELETE", "/api/v1/teams/home/members/" + person, "");
        String plans = "/api/v1/plans/" + plan.json().get("planId").asString() + "/apply";
        assertThat(control.send("POST", plans, "{}").status()).isEqualTo(200);
    }

    @Test
    void byALink() {
        TestBrowser browser = dance.browser();
        String token = control.bean(SignInLinks.class).make(person).getPath().substring(7);

        isIn(browser, browser.post("/login", "token", token), "link");
    }

    @Test
    void byAPasskey() {
        TestBrowser browser = dance.browser();
        String challenge =
                browser.post("/login/passkey/options").json().get("challenge").asString();
        String answer = key.get(challenge, origin(), person);

        isIn(browser, browser.post("/login/passkey", "credential", answer), "passkey");
    }

    @Test
    void byAProviderAndBackIntoATeam() {
        TestBrowser browser = dance.browser();

        isIn(browser, dance.through(browser, jane, ProviderDance.TO_GITHUB), "github");

        Answer joined = browser.post(dance.invitation(""));
        assertThat(joined.header("Location")).isEqualTo("/home/apps");
        assertThat(browser.get("/home/apps").status()).isEqualTo(200);
    }

    private void isIn(TestBrowser browser, Answer signedIn, String means) {
        assertThat(signedIn.header("Location")).isEqualTo("/");
        JsonNode begun = newest();
        assertThat(begun.get("action").asString()).isEqualTo("session.create");
        assertThat(begun.at("/actor/id").asString()).isEqualTo(person);
        assertThat(begun.at("/detail/means").asString()).isEqualTo(means);

        for (String path : new String[] {"/", "/home/apps", "/home/account"}) {
            Answer page = browser.get(path);
            assertThat(page.status()).as(path).isEqualTo(403);
            assertThat(page.body())
                    .as(path)
                    .contains(
                            "You belong to no team",
                            "You are signed in as " + jane.login(),
                            "open their link here",
                            "Sign out");
        }
        assertThat(browser.get("/", "fr").body()).contains("Vous ne faites partie d’aucune équipe");
        assertThat(browser.get(dance.invitation("")).body()).contains("Join as " + jane.login());
        if (means.equals("github")) {
            return;
        }
        browser.post("/logout");
        assertThat(newest().get("action").asString()).isEqualTo("session.end");
        assertThat(browser.get("/").status()).isEqualTo(303);
    }

    private static JsonNode newest() {
        for (JsonNode entry : control.get("/api/v1/audit").json().get("items")) {
            if (entry.get("action").asString().startsWith("session.")) {
                return entry;
            }
        }
        throw new AssertionError("nobody came in");
    }

    private static String origin() {
        return control.config().publicUrl().toString();
    }
}
