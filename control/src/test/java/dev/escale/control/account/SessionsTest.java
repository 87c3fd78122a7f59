package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MovedClock;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.SignInSettings;
import dev.escale.control.TestBrowser;
import dev.escale.control.TestStream;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

    private static final String HERE = "198.51.100.7";
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    private static final String SAFARI = "Mozilla/5.0 (Macintosh; Mac OS X 15) Safari/605.1";

    private final MovedClock clock = new MovedClock();
    private RunningControl control;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind, SignInSettings.NONE, clock);
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
    void aThiefWhoAsksFirstAtAChangeOfRightsFromElsewhereGainsNothing() {
        TestBrowser dan = invited("Dan", "viewer").at("198.51.100.7").called(FIREFOX);
        Answer before = dan.get("/home/apps");
        grant("Dan", "developer");

        TestBrowser thief = thief(dan).at("203.0.113.9").called(SAFARI);
        Answer first = thief.get("/home/apps");

        assertThat(before.status()).isEqualTo(200);
        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("Location")).startsWith("/login");
        assertThat(thief.get("/home/apps").status()).isEqualTo(303);
        assertThat(dan.get("/home/apps").status()).as("asked to sign in again").isEqualTo(303);
        assertThat(control.get("/api/v1/audit").body())
                .contains("\"why\":\"elsewhere\"", "203.0.113.9");
    }

    @Test
    void aThiefWhoLooksTheSameAndIsFirstIsOutAsSoonAsTheOwnerComes() {
        TestBrowser dan = invited("Dan", "viewer").at("198.51.100.7").called(FIREFOX);
        dan.get("/home/apps");
        grant("Dan", "developer");

        TestBrowser thief = thief(dan).at("203.0.113.9").called(FIREFOX);
        assertThat(thief.get("/home/apps").status()).isEqualTo(200);
        TestStream page = opened(thief);
        assertThat(dan.get("/home/apps").status()).isEqualTo(303);

        assertThat(thief.get("/home/apps").status()).isEqualTo(303);
        assertThat(page.closeCode()).isEqualTo(4401);
        assertThat(control.get("/api/v1/audit").body()).contains("\"why\":\"oldIdUsed\"");
    }

    @Test
    void aThiefInTheSameNetworkWithTheSameBrowserIsOutAfterHalfAMinute() {
        TestBrowser dan = invited("Dan", "viewer").at("198.51.100.7").called(FIREFOX);
        dan.get("/home/apps");
        grant("Dan", "developer");

        TestBrowser thief = thief(dan).at("198.51.100.7").called(FIREFOX);
        assertThat(thief.get("/home/apps").status()).isEqualTo(200);
        assertThat(dan.get("/home/apps").status()).as("as a late tab").isEqualTo(303);
        assertThat(thief.get("/home/apps").status()).isEqualTo(200);
        clock.move(SessionCopies.LATE);
        assertThat(dan.get("/home/apps").status()).isEqualTo(303);

        assertThat(thief.get("/home/apps").status()).isEqualTo(303);
    }

    @Test
    void aThiefWhoComesSecondEndsWhatTheyHaveACopyOf() {
        TestBrowser dan = invited("Dan", "viewer").at("198.51.100.7").called(FIREFOX);
        dan.get("/home/apps");
        TestBrowser thief = thief(dan).at("203.0.113.9").called(FIREFOX);
        grant("Dan", "developer");

        assertThat(dan.get("/home/apps").status()).isEqualTo(200);
        assertThat(thief.get("/home/apps").status()).isEqualTo(303);

        assertThat(thief.get("/home/apps").status()).isEqualTo(303);
        assertThat(dan.get("/home/apps").status()).isEqualTo(303);
    }

    @Test
    void whoHasOnlyMovedStaysSignedInAtAChangeOfRights() {
        TestBrowser dan = invited("Dan", "viewer").at("198.51.100.7").called(FIREFOX);
        dan.get("/home/apps");
        grant("Dan", "developer");

        assertThat(dan.at("203.0.113.9").get("/home/apps").status()).isEqualTo(200);
        grant("Dan", "viewer");
        dan.at("198.51.100.7").called(SAFARI);
        assertThat(dan.get("/home/apps").status()).isEqualTo(200);
        assertThat(dan.get("/home/apps").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatIsNotUsedForThirtyDaysEndsAndItsOpenPagesClose() {
        TestBrowser used = signedIn();
        TestBrowser unused = signedIn();
        TestStream page = opened(unused);

        clock.move(Duration.ofDays(29));
        assertThat(used.get("/home/apps").status()).isEqualTo(200);
        look();
        page.follow("server.list", "");
        assertThat(page.drawing()).isNotEmpty();
        clock.move(Duration.ofDays(2));
        look();

        assertThat(page.closeCode()).isEqualTo(4401);
        assertThat(unused.get("/home/apps").status()).isEqualTo(303);
        assertThat(used.get("/home/apps").status()).isEqualTo(200);
        assertThat(control.get("/api/v1/sessions").json().get("items")).hasSize(1);
    }

    @Test
    void aSessionEndsNinetyDaysAfterTheSignInHoweverOftenItIsUsed() {
        TestBrowser browser = signedIn();
        for (int day = 0; day < 80; day += 20) {
            assertThat(browser.get("/home/apps").status()).as("day " + day).isEqualTo(200);
            clock.move(Duration.ofDays(20));
        }
        clock.move(Duration.ofDays(9));
        assertThat(browser.get("/home/apps").status()).as("day 89").isEqualTo(200);
        TestStream page = opened(browser);

        clock.move(Duration.ofDays(1));
        look();

        assertThat(page.closeCode()).isEqualTo(4401);
        assertThat(browser.get("/home/apps").status()).isEqualTo(303);
    }

    @Test
    void aBrowserKeepsItsSessionAsLongAsItCanLast() {
        TestBrowser browser = signedIn();

        assertThat(browser.kept("__Host-escale")).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void whoLooksWaitsForNobodyWhoWrites() throws Exception {
        TestBrowser browser = signedIn();
        Database database = control.bean(Database.class);
        TeamId home = control.bean(TeamLookup.class).all().getFirst();
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        List<Thread> writers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                writers.add(
                        Thread.startVirtualThread(
                                () ->
                                        database.write(
                                                home,
                                                tx -> {
                                                    Database.queueUp(tx, home);
                                                    held.countDown();
                                                    return waited(release);
                                                })));
            }
            held.await();

            assertThat(browser.get("/home/apps").status()).isEqualTo(200);
        } finally {
            release.countDown();
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    private static boolean waited(CountDownLatch release) {
        try {
            return release.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An open page, which hears what happens from then on. */
    private static TestStream opened(TestBrowser browser) {
        TestStream page = browser.stream("home");
        page.follow("server.list", "");
        assertThat(page.drawing()).isNotEmpty();
        return page;
    }

    /** Rings, so that open pages need not wait for their turn. */
    private void look() {
        control.bean(SessionFeed.class)
                .ended(control.bean(Persons.class).first().orElseThrow().id());
    }

    private TestBrowser thief(TestBrowser owner) {
        var thief = new TestBrowser(control);
        thief.plant(owner.session());
        return thief;
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
        browser.at(HERE).post("/login", "token", path.substring("/login/".length()));
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
        browser.at(HERE).post(path, "name", name);
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
        return new TestBrowser(control).at(HERE).with("__Host-escale=" + cookie, path);
    }

    private static String text(String cookie) {
        return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    }

    private static String cookie(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
