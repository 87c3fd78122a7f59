package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Name, language, theme and time zone of a person; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class ProfileTest {
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
    void whatIsChosenHoldsInAllBrowsers() {
        TestBrowser here = signedIn();
        TestBrowser there = signedIn();
        assertThat(there.get("/home/account").body()).contains("<html lang=\"en\">");

        Answer saved =
                here.post(
                        "/home/account",
                        "name",
                        "Zoé",
                        "language",
                        "fr",
                        "theme",
                        "light",
                        "timeZone",
                        "Asia/Tokyo");

        assertThat(saved.header("Location")).isEqualTo("/home/account");
        for (TestBrowser browser : new TestBrowser[] {here, there}) {
            assertThat(browser.get("/home/account").body())
                    .contains("<html lang=\"fr\" data-theme=\"light\" data-zone=\"Asia/Tokyo\">")
                    .contains("value=\"Zoé\"");
        }
        assertThat(there.get("/home/account/sign-in").body()).contains(" JST\"");
        var me = control.get("/api/v1/me").json();
        assertThat(me.get("language").asString()).isEqualTo("fr");
        assertThat(me.get("timeZone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(control.get("/api/v1/audit").body()).contains("person.update");
    }

    @Test
    void theMenuOfOneBrowserCountsThereUntilTheProfileIsSavedThere() {
        TestBrowser here = signedIn();
        TestBrowser there = signedIn();
        here.post("/language", "language", "fr");
        here.post("/theme", "theme", "dark");

        assertThat(here.get("/home/apps").body()).contains("<html lang=\"fr\" data-theme=\"dark\"");
        assertThat(there.get("/home/apps").body()).contains("<html lang=\"en\">");

        here.post("/home/account", "name", "Owner", "language", "en", "theme", "light");

        assertThat(here.get("/home/apps").body())
                .contains("<html lang=\"en\" data-theme=\"light\"");
    }

    @Test
    void whatIsLeftOutStaysAndAWordLeavesTheChoiceOpen() {
        patch("{\"language\":\"fr\",\"theme\":\"dark\",\"timeZone\":\"Europe/Paris\"}");

        Answer named = patch("{\"name\":\"Ann\"}");
        Answer open = patch("{\"language\":\"browser\",\"theme\":\"system\"}");

        assertThat(named.json().get("name").asString()).isEqualTo("Ann");
        assertThat(named.json().get("language").asString()).isEqualTo("fr");
        assertThat(open.json().get("language").asString()).isEqualTo("browser");
        assertThat(open.json().get("theme").asString()).isEqualTo("system");
        assertThat(open.json().get("timeZone").asString()).isEqualTo("Europe/Paris");
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingIsChanged() {
        Answer wrong =
                patch(
                        "{\"name\":\" \",\"language\":\"de\",\"theme\":\"pink\","
                                + "\"timeZone\":\"Mars/Olympus\"}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().get("faults")).hasSize(4);
        assertThat(signedIn().post("/home/account", "name", "Owner", "timeZone", "+25").status())
                .isEqualTo(422);
        assertThat(control.get("/api/v1/me").json().get("name").asString()).isEqualTo("Owner");
        Answer planned = control.send("PATCH", "/api/v1/me?dryRun=true", "{\"name\":\"Ann\"}");
        assertThat(planned.body()).contains("is called");
        assertThat(control.get("/api/v1/me").json().get("name").asString()).isEqualTo("Owner");
    }

    private Answer patch(String body) {
        return control.send("PATCH", "/api/v1/me", body);
    }

    private TestBrowser signedIn() {
        String owner = control.bean(Persons.class).first().orElseThrow().id();
        String path = control.bean(SignInLinks.class).make(owner).getPath();
        var browser = new TestBrowser(control);
        browser.post("/login", "token", path.substring("/login/".length()));
        return browser;
    }
}
