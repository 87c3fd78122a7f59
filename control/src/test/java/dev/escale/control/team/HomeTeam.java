package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** The first team of a running control plane: its owner, those who join, and what they ask for. */
abstract class HomeTeam {
    @Parameter TestDatabase.Kind kind;

    RunningControl control;

    @BeforeEach
    void startControl() {
        control = RunningControl.start(kind);
    }

    @AfterEach
    void stopControl() {
        control.close();
    }

    Answer owner(String method, String path, @Nullable String body) {
        return as(RunningControl.TOKEN, method, path, body);
    }

    Answer as(String token, String method, String path, @Nullable String body) {
        return control.send(
                control.request("/api/v1/" + path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body)));
    }

    /** Confirms the plan that an answer holds. */
    Answer apply(String token, Answer planned) {
        return as(
                token, "POST", "plans/" + planned.json().get("planId").asString() + "/apply", "{}");
    }

    /**
     * @param grants body of the invitation
     */
    TestBrowser join(String name, String grants) {
        Answer invited = owner("POST", "teams/home/invitations", grants);
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        var browser = new TestBrowser(control);
        Answer joined = browser.post(path(invited), "name", name);
        assertThat(joined.header("Location")).as(joined.body()).isEqualTo("/home/apps");
        return browser;
    }

    Iterable<JsonNode> members() {
        return owner("GET", "teams/home/members", null).json().get("items");
    }

    /** Id of the person. */
    String member(String name) {
        return StreamSupport.stream(members().spliterator(), false)
                .filter(each -> each.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member " + name))
                .get("person")
                .asString();
    }

    void app(String name, String server) {
        Answer made =
                owner(
                        "POST",
                        "apps",
                        "{\"name\":\"%s\",\"server\":\"%s\",\"source\":{\"type\":\"escale\"}}"
                                .formatted(name, server));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    /** Path of the link that was made. */
    static String path(Answer made) {
        return URI.create(made.json().get("link").asString()).getPath();
    }

    static String code(Answer answer) {
        return answer.json().path("code").asString();
    }
}
