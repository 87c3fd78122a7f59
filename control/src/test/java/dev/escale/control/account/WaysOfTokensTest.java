package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.Teams;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Invitations and sign-in links that were made with tokens: what leaked does not live on in them.
 */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class WaysOfTokensTest {
    private static final String VIEWER = "{\"grants\":[{\"role\":\"viewer\"}]}";

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
    void aRevokedTokenTakesWithItTheOpenInvitationsThatItAndItsTokensMade() {
        Made leaked = token(RunningControl.TOKEN, "leaked");
        Made child = token(leaked.text(), "child");
        Answer first = invite(leaked.text());
        Answer second = invite(child.text());
        Answer accepted = invite(child.text());
        Answer other = invite(RunningControl.TOKEN);
        join(accepted, "Vera");

        Answer plan =
                send(RunningControl.TOKEN, "DELETE", "tokens/" + leaked.id() + "?dryRun=true");
        assertThat(plan.body())
                .contains("The invitation “" + id(first), "The invitation “" + id(second))
                .doesNotContain(id(accepted), id(other));
        assertThat(opens(first)).isTrue();

        assertThat(send(RunningControl.TOKEN, "DELETE", "tokens/" + leaked.id()).status())
                .isEqualTo(204);
        assertThat(opens(first)).isFalse();
        assertThat(opens(second)).isFalse();
        assertThat(opens(other)).isTrue();
        assertThat(control.get("/api/v1/teams/home/members").body()).contains("Vera");
        assertThat(control.get("/api/v1/audit").body())
                .contains("\"invitations\":\"" + id(second) + " " + id(first) + "\"");
    }

    @Test
    void andTheSignInLinksThatNobodyHasUsed() {
        join(invite(RunningControl.TOKEN), "Vera");
        join(invite(RunningControl.TOKEN), "Will");
        Made leaked = token(RunningControl.TOKEN, "leaked");
        Answer made = recover(leaked.text(), "Vera");
        Answer other = recover(RunningControl.TOKEN, "Will");

        Answer plan =
                send(RunningControl.TOKEN, "DELETE", "tokens/" + leaked.id() + "?dryRun=true");
        assertThat(plan.body()).contains("sign-in link for Vera").doesNotContain("Will");
        send(RunningControl.TOKEN, "DELETE", "tokens/" + leaked.id());

        assertThat(signsIn(made)).isFalse();
        assertThat(signsIn(other)).isTrue();
        assertThat(control.get("/api/v1/audit").body())
                .contains("\"links\":\"" + member("Vera") + "\"");
    }

    @Test
    void whoseOwnerLeavesTakesThemAlong() {
        TestBrowser ada =
                join(invite(RunningControl.TOKEN, VIEWER.replace("viewer", "admin")), "Ada");
        Answer invited = invite(ada.token("home"));
        assertThat(opens(invited)).isTrue();

        Answer planned =
                send(RunningControl.TOKEN, "DELETE", "teams/home/members/" + member("Ada"));
        String confirmed = planned.json().path("planId").asString();
        send(RunningControl.TOKEN, "POST", "plans/" + confirmed + "/apply");

        assertThat(control.get("/api/v1/teams/home/members").body()).doesNotContain("Ada");
        JsonNode newest = control.get("/api/v1/teams/home/invitations").json().at("/items/0");
        assertThat(newest.get("id").asString()).isEqualTo(id(invited));
        assertThat(newest.get("state").asString()).isEqualTo("revoked");
    }

    @Test
    void aTokenThatWasRevokedMeanwhileMakesNone() {
        Made late = token(RunningControl.TOKEN, "late");
        var team = control.bean(Teams.class).all().getFirst().id();
        var actor =
                new Actor(
                        ActorType.TOKEN,
                        late.id(),
                        "late",
                        team,
                        Grants.ALL,
                        Origin.SYSTEM,
                        Locale.ENGLISH);
        Actors actors = control.bean(Actors.class);
        assertThat(actors.maker(actor).token()).isEqualTo(late.id());

        send(RunningControl.TOKEN, "DELETE", "tokens/" + late.id());

        assertThatThrownBy(() -> actors.maker(actor))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(401));
    }

    private Made token(String by, String name) {
        JsonNode made = send(by, "POST", "tokens", "{\"name\":\"" + name + "\"}").json();
        return new Made(made.get("id").asString(), made.get("token").asString());
    }

    private Answer invite(String by) {
        return invite(by, VIEWER);
    }

    private Answer invite(String by, String grants) {
        Answer invited = send(by, "POST", "teams/home/invitations", grants);
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        return invited;
    }

    private TestBrowser join(Answer invited, String name) {
        var browser = new TestBrowser(control);
        browser.post(path(invited), "name", name);
        return browser;
    }

    private Answer recover(String by, String name) {
        Answer made = send(by, "POST", "teams/home/members/" + member(name) + "/sign-in-links");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made;
    }

    private String member(String name) {
        for (JsonNode each : control.get("/api/v1/teams/home/members").json().get("items")) {
            if (each.get("name").asString().equals(name)) {
                return each.get("person").asString();
            }
        }
        throw new AssertionError("no member " + name);
    }

    private boolean opens(Answer invited) {
        return new TestBrowser(control).get(path(invited)).status() == 200;
    }

    private boolean signsIn(Answer made) {
        String text = path(made).substring("/login/".length());
        Answer answer = new TestBrowser(control).post("/login", "token", text);
        return answer.header("Location").equals("/");
    }

    private Answer send(String by, String method, String path) {
        return send(by, method, path, "");
    }

    private Answer send(String by, String method, String path, String body) {
        return control.send(
                control.request("/api/v1/" + path)
                        .header("Authorization", "Bearer " + by)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private static String id(Answer invited) {
        return invited.json().at("/invitation/id").asString();
    }

    private static String path(Answer made) {
        return URI.create(made.json().get("link").asString()).getPath();
    }
}
