package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that were made with tokens: what leaked does not live on in them. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class TokenFamilyTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;

    private record Made(String id, String text) {}

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void aRevokedTokenTakesWithItWhatItMadeAndWhatThatMade() {
        Made leaked = made(RunningControl.TOKEN, "leaked");
        Made child = made(leaked.text(), "child");
        Made grandchild = made(child.text(), "grandchild");
        Made other = made(RunningControl.TOKEN, "other");

        Answer plan = control.send("DELETE", "/api/v1/tokens/" + leaked.id() + "?dryRun=true", "");
        assertThat(plan.body()).contains("“leaked”", "“child”", "“grandchild”");
        assertThat(plan.body()).doesNotContain("“other”");
        assertThat(opens(grandchild)).isTrue();

        assertThat(control.send("DELETE", "/api/v1/tokens/" + leaked.id(), "").status())
                .isEqualTo(204);
        assertThat(opens(leaked)).isFalse();
        assertThat(opens(child)).isFalse();
        assertThat(opens(grandchild)).isFalse();
        assertThat(opens(other)).isTrue();
        assertThat(control.get("/api/v1/tokens").body()).doesNotContain("child");
        assertThat(control.get("/api/v1/audit").body())
                .contains("\"also\":\"" + grandchild.id() + " " + child.id() + "\"");
    }

    @Test
    void whatAnotherRevokedTokenMadeStays() {
        Made mother = made(RunningControl.TOKEN, "mother");
        Made child = made(mother.text(), "child");

        control.send("DELETE", "/api/v1/tokens/" + child.id(), "");

        assertThat(opens(mother)).isTrue();
        assertThat(opens(child)).isFalse();
    }

    @Test
    void thePageAndRestSayWhichTokenMadeIt() {
        Made mother = made(RunningControl.TOKEN, "mother");
        Made child = made(mother.text(), "child");
        String owner = control.bean(Persons.class).first().orElseThrow().id();
        String path = control.bean(SignInLinks.class).make(owner).getPath();
        var browser = new TestBrowser(control);
        browser.post("/login", "token", path.substring("/login/".length()));

        assertThat(browser.get("/home/account/tokens", "en").body())
                .contains("made with mother, and ends with it");
        assertThat(browser.get("/home/account/tokens", "fr").body())
                .contains("créé avec mother, et finit avec lui");
        for (var each : control.get("/api/v1/tokens").json().get("items")) {
            if (each.get("id").asString().equals(child.id())) {
                assertThat(each.get("madeBy").asString()).isEqualTo(mother.id());
            }
        }
        browser.post("/home/account/tokens/" + mother.id() + "/revoke");
        assertThat(opens(child)).isFalse();
    }

    private Made made(String by, String name) {
        Answer made =
                control.send(
                        control.request("/api/v1/tokens")
                                .header("Authorization", "Bearer " + by)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return new Made(made.json().get("id").asString(), made.json().get("token").asString());
    }

    private boolean opens(Made token) {
        return control.send(
                                control.request("/api/v1/me")
                                        .header("Authorization", "Bearer " + token.text()))
                        .status()
                == 200;
    }
}
