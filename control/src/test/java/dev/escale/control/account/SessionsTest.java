package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session is worth to whoever has a copy of it; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class SessionsTest {
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
    void theDatabaseHoldsNothingThatOpensASession() {
        TestBrowser owner = signedIn();
        String cookie = owner.cookie("__Host-escale");
        List<String> stored =
                control.bean(Database.class)
                        .systemRead(tx -> tx.fetch("select session_id from spring_session"))
                        .map(row -> row.get(0, String.class));

        assertThat(opens(cookie)).isTrue();
        assertThat(stored).hasSize(1).doesNotContain(text(cookie));
        assertThat(opens(stored.getFirst())).isFalse();
        assertThat(opens(cookie(stored.getFirst()))).isFalse();
    }

    @Test
    void aChangeOfRightsGivesTheSessionAnotherIdAndTheOldOneOpensNothing() {
        TestBrowser dan = invited("Dan", "viewer");
        String before = dan.cookie("__Host-escale");
        assertThat(dan.get("/home/apps").status()).isEqualTo(200);
        assertThat(dan.cookie("__Host-escale")).isEqualTo(before);

        grant("Dan", "developer");
        assertThat(dan.get("/home/apps").status()).isEqualTo(200);

        assertThat(dan.cookie("__Host-escale")).isNotEqualTo(before);
        assertThat(opens(before)).isFalse();
        assertThat(dan.get("/home/apps").status()).isEqualTo(200);
    }

    @Test
    void tabsThatReloadAtOnceAgreeOnTheNewId() throws Exception {
        TestBrowser dan = invited("Dan", "viewer");
        String before = dan.cookie("__Host-escale");
        grant("Dan", "developer");

        Callable<String> tab =
                () ->
                        with(before, "/home/apps")
                                .header("Set-Cookie")
                                .lines()
                                .filter(line -> line.contains("__Host-escale="))
                                .map(line -> line.replaceAll(".*__Host-escale=([^;]*);.*", "$1"))
                                .findFirst()
                                .orElse("");
        Set<String> after;
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            after =
                    tabs.invokeAll(IntStream.range(0, 8).mapToObj(n -> tab).toList()).stream()
                            .map(future -> future.resultNow())
                            .filter(cookie -> !cookie.isEmpty())
                            .collect(Collectors.toSet());
        }

        assertThat(after).hasSize(1);
        assertThat(opens(after.iterator().next())).isTrue();
        assertThat(opens(before)).isFalse();
    }

    @Test
    void whoeverIsSignedInIsLedOnFromTheDoor() {
        TestBrowser owner = signedIn();

        Answer door = owner.get("/login?next=%2Fhome%2Fservers");

        assertThat(door.header("Location")).isEqualTo("/home/servers");
        assertThat(owner.get("/login?next=https%3A%2F%2Fevil.example").header("Location"))
                .isEqualTo("/");
    }

    @Test
    void allOthersAreSignedOutAtOnce() {
        TestBrowser here = signedIn();
        TestBrowser there = signedIn();
        TestBrowser elsewhere = signedIn();

        assertThat(here.get("/home/account/sign-in").body()).contains("Sign out everywhere else");
        here.post("/home/account/sessions/revoke");

        assertThat(here.get("/home/apps").status()).isEqualTo(200);
        assertThat(there.get("/home/apps").status()).isEqualTo(303);
        assertThat(elsewhere.get("/home/apps").status()).isEqualTo(303);
        assertThat(here.get("/home/account/sign-in").body())
                .doesNotContain("Sign out everywhere else");

        Answer all = control.send("DELETE", "/api/v1/sessions", "");
        assertThat(all.status()).as(all.body()).isEqualTo(204);
        assertThat(here.get("/home/apps").status()).isEqualTo(303);
        assertThat(control.get("/api/v1/audit").body()).contains("session.revokeAll");
    }

    @Test
    void openPagesOfWhatEndsCloseWithinASecond() throws Exception {
        TestBrowser here = signedIn();
        CompletableFuture<Integer> one = signedIn().openPage("home");
        CompletableFuture<Integer> other = signedIn().openPage("home");
        CompletableFuture<Integer> own = here.openPage("home");

        here.post("/home/account/sessions/revoke");

        assertThat(one.get(1, TimeUnit.SECONDS)).isEqualTo(4401);
        assertThat(other.get(1, TimeUnit.SECONDS)).isEqualTo(4401);
        assertThat(own).isNotDone();
    }

    private TestBrowser signedIn() {
        String owner = control.bean(Persons.class).first().orElseThrow().id();
        String path = control.bean(SignInLinks.class).make(owner).getPath();
        var browser = new TestBrowser(control);
        browser.post("/login", "token", path.substring("/login/".length()));
        return browser;
    }

    private TestBrowser invited(String name, String role) {
        Answer link =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"grants\":[{\"role\":\"" + role + "\"}]}");
        var browser = new TestBrowser(control);
        String path = link.json().get("link").asString().replaceFirst("https://[^/]+", "");
        browser.post(path, "name", name);
        return browser;
    }

    private void grant(String name, String role) {
        for (var member : control.get("/api/v1/teams/home/members").json().get("items")) {
            if (member.get("name").asString().equals(name)) {
                Answer changed =
                        control.send(
                                "PATCH",
                                "/api/v1/teams/home/members/" + member.get("person").asString(),
                                "{\"grants\":[{\"role\":\"" + role + "\"}]}");
                assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            }
        }
    }

    private boolean opens(String cookie) {
        return with(cookie, "/home/apps").status() == 200;
    }

    private Answer with(String cookie, String path) {
        return new TestBrowser(control).with("__Host-escale=" + cookie, path);
    }

    private static String text(String cookie) {
        return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    }

    private static String cookie(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
