package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PASSKEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.Teams;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Passkeys as an authenticator under our thumb answers, honest and not; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class PasskeysTest {
    private static final String REFUSED = "/login?refused=passkey";

    @Parameter TestDatabase.Kind kind;

    private static RunningControl control;

    private TestBrowser owner;
    private String person;
    private String origin;
    private SoftKey key;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void signedInWithoutPasskeys() {
        person = control.bean(Persons.class).first().orElseThrow().id();
        origin = control.config().publicUrl().toString();
        Passkeys passkeys = control.bean(Passkeys.class);
        passkeys.all(person).forEach(each -> passkeys.remove(person, each.id()));
        key = new SoftKey("localhost");
        owner = new TestBrowser(control);
        signInByLink(owner);
    }

    @Test
    void aPasskeyIsMadeSignsInAndIsListed() {
        Answer added = add(owner, key, "laptop");
        var visitor = new TestBrowser(control);
        Answer signedIn =
                visitor.post(
                        "/login/passkey",
                        "credential",
                        key.get(challenge(visitor), origin, person),
                        "next",
                        "/home/servers");

        assertThat(added.header("Location")).isEqualTo("/home/account/sign-in");
        assertThat(signedIn.header("Location")).isEqualTo("/home/servers");
        assertThat(visitor.get("/home/servers").status()).isEqualTo(200);
        assertThat(visitor.get("/home/account/sign-in").body()).contains("laptop");
        var listed = control.get("/api/v1/passkeys").json().get("items").get(0);
        assertThat(listed.get("name").asString()).isEqualTo("laptop");
        assertThat(listed.get("lastUsedAt").isNull()).isFalse();
        assertThat(control.get("/api/v1/audit").body())
                .contains("passkey.create", "session.create", "\"means\":\"passkey\"");
    }

    @Test
    void anAnswerSignsInOnceAndInTheBrowserThatWasAsked() {
        add(owner, key, "laptop");
        var visitor = new TestBrowser(control);
        String answer = key.get(challenge(visitor), origin, person);

        var thief = new TestBrowser(control);
        challenge(thief);
        assertThat(signIn(thief, answer)).isEqualTo(REFUSED);
        assertThat(signIn(new TestBrowser(control), answer)).isEqualTo(REFUSED);

        assertThat(signIn(visitor, answer)).isEqualTo("/");
        assertThat(signIn(visitor, answer)).isEqualTo(REFUSED);
        var entry = control.get("/api/v1/audit").json().get("items").get(0);
        assertThat(entry.get("outcome").asString()).isEqualTo("signIn.passkeyRefused");
    }

    @Test
    void aFailedAnswerUsesTheChallengeUp() {
        add(owner, key, "laptop");
        var visitor = new TestBrowser(control);
        String challenge = challenge(visitor);

        assertThat(signIn(visitor, key.get(challenge, "https://evil.example", person)))
                .isEqualTo(REFUSED);
        assertThat(signIn(visitor, key.get(challenge, origin, person))).isEqualTo(REFUSED);
    }

    @Test
    void whatComesFromElsewhereIsNotOursOrCannotBeReadOpensNothing() {
        add(owner, key, "laptop");
        var other = new SoftKey("evil.example");
        for (Asked asked :
                new Asked[] {
                    challenge -> key.get(challenge, "https://localhost", person),
                    challenge -> key.get(challenge, "http://localhost", person),
                    challenge -> key.get(challenge, origin, "usr_somebodyelse"),
                    challenge -> key.get("AAAA", origin, person),
                    challenge -> other.get(challenge, origin, person),
                    challenge ->
                            key.get(challenge, origin, person)
                                    .replace("\"signature\":\"M", "\"signature\":\"N"),
                    challenge -> "",
                    challenge -> "null",
                    challenge -> "[]",
                    challenge -> "{}",
                    challenge ->
                            "{\"id\":\"?\",\"rawId\":\"?\",\"type\":\"?\",\"response\":{"
                                    + "\"clientDataJSON\":\"e30\",\"authenticatorData\":\"AA\","
                                    + "\"signature\":\"AA\",\"userHandle\":\"AA\"}}",
                    challenge ->
                            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
                    challenge -> "x".repeat(40_000)
                }) {
            var visitor = new TestBrowser(control);
            String answer = asked.answer(challenge(visitor));

            assertThat(signIn(visitor, answer)).as(answer).isEqualTo(REFUSED);
            assertThat(visitor.get("/home/apps").status()).as(answer).isEqualTo(303);
        }
    }

    @Test
    void aCopyThatHasSignedLessOftenIsRefused() {
        add(owner, key, "laptop");
        key.signCount = 10;
        var visitor = new TestBrowser(control);
        assertThat(signIn(visitor, key.get(challenge(visitor), origin, person))).isEqualTo("/");

        key.signCount = 4;
        var copy = new TestBrowser(control);
        assertThat(signIn(copy, key.get(challenge(copy), origin, person))).isEqualTo(REFUSED);
    }

    @Test
    void aPasskeyOfAnotherAddressOrAnotherChallengeIsNotTaken() {
        String challenge = asked(owner);
        Answer elsewhere = create(owner, key.create(challenge, "https://evil.example"), "laptop");
        Answer late = create(owner, key.create(challenge, origin), "laptop");
        asked(owner);
        Answer guessed = create(owner, key.create("AAAA", origin), "laptop");

        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(elsewhere.body()).contains("is no passkey for this Escale");
        assertThat(late.status()).isEqualTo(409);
        assertThat(guessed.status()).isEqualTo(422);
        assertThat(control.get("/api/v1/passkeys").json().get("items")).isEmpty();
    }

    @Test
    void theLastWayInIsRemovedAfterAWarningAlone() {
        TestBrowser dan = invited();
        String token = dan.token("home");
        add(dan, key, "laptop");
        add(dan, new SoftKey("localhost"), "phone");
        String first = id(token, "phone");
        String last = id(token, "laptop");

        assertThat(dan.post("/home/account/passkeys/" + first + "/remove").header("Location"))
                .isEqualTo("/home/account/sign-in");
        Answer warned = dan.post("/home/account/passkeys/" + last + "/remove");
        assertThat(warned.header("Location"))
                .isEqualTo("/home/account/passkeys/" + last + "/remove");
        assertThat(dan.get(warned.header("Location")).body()).contains("your last way in");
        Answer byRest = api(token, "DELETE", "passkeys/" + last, "");
        assertThat(byRest.status()).isEqualTo(409);
        assertThat(listed(token)).hasSize(1);

        String plan = byRest.json().get("planId").asString();
        assertThat(api(token, "POST", "plans/" + plan + "/apply", "{}").status()).isEqualTo(200);
        assertThat(listed(token)).isEmpty();
        var visitor = new TestBrowser(control);
        assertThat(signIn(visitor, key.get(challenge(visitor), origin, person))).isEqualTo(REFUSED);
    }

    @Test
    void theFirstOwnerIsNotWarnedBecauseTheirLinkIsAlwaysPrinted() {
        add(owner, key, "laptop");

        assertThat(control.send("DELETE", "/api/v1/passkeys/" + id("laptop"), "").status())
                .isEqualTo(204);
    }

    @Test
    void ofTwoRemovalsAtOnceTheSecondFindsThatItIsTheLastWayIn() {
        TestBrowser dan = invited();
        String token = dan.token("home");
        add(dan, key, "laptop");
        add(dan, new SoftKey("localhost"), "phone");
        Actor actor = actor(token);
        RemovePasskey remove = control.bean(RemovePasskey.class);
        var one = new RemovePasskey.Input(id(token, "laptop"));
        var other = new RemovePasskey.Input(id(token, "phone"));
        Plan onePlan = remove.plan(actor, one);
        Plan otherPlan = remove.plan(actor, other);

        remove.apply(actor, one, onePlan);

        assertThatThrownBy(() -> remove.apply(actor, other, otherPlan))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem().code())
                                        .isEqualTo("passkey.becameLast"));
        assertThat(listed(token)).hasSize(1);
    }

    @Test
    void aPasskeyOfAnotherHostIsShownAsSuchAndCountsAsNoWayIn() {
        TestBrowser dan = invited();
        String token = dan.token("home");
        add(dan, key, "laptop");
        add(dan, new SoftKey("localhost"), "phone");
        String elsewhere = id(token, "phone");
        control.bean(Database.class)
                .system(
                        tx ->
                                tx.update(PASSKEY)
                                        .set(PASSKEY.HOST, "old.example")
                                        .where(PASSKEY.ID.eq(elsewhere))
                                        .execute());

        Answer english = dan.get("/home/account/sign-in", "en");
        Answer french = dan.get("/home/account/sign-in", "fr");
        Answer last = api(token, "DELETE", "passkeys/" + id(token, "laptop"), "");
        Answer dead = api(token, "DELETE", "passkeys/" + elsewhere, "");

        assertThat(english.body()).contains("for old.example, opens nothing here");
        assertThat(french.body()).contains("pour old.example, n’ouvre rien ici");
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.json().get("code").asString()).isEqualTo("plan.confirmationNeeded");
        assertThat(dead.status()).isEqualTo(204);
        assertThat(listed(token).get(0).get("host").asString()).isEqualTo("localhost");
        assertThat(listed(token).get(0).get("opens").asBoolean()).isTrue();
    }

    @Test
    void aPasskeyGetsAnotherNameOnThePageAndOverRest() {
        add(owner, key, "laptop");
        String id = id("laptop");
        String page = "/home/account/passkeys/" + id + "/name";

        assertThat(owner.get(page).body()).contains("Rename laptop", "value=\"laptop\"");
        Answer wrong = owner.post(page, "name", " ");
        assertThat(owner.post(page, "name", "desk").header("Location"))
                .isEqualTo("/home/account/sign-in");
        Answer planned =
                api(
                        RunningControl.TOKEN,
                        "PATCH",
                        "passkeys/" + id + "?dryRun=true",
                        "{\"name\":\"lap\"}");
        Answer renamed = api(RunningControl.TOKEN, "PATCH", "passkeys/" + id, "{\"name\":\"lap\"}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("A passkey needs a name");
        assertThat(planned.body()).contains("“desk” is called “lap”");
        assertThat(renamed.json().get("name").asString()).isEqualTo("lap");
        assertThat(owner.get("/home/account/sign-in").body()).contains(">lap<");
        assertThat(control.get("/api/v1/audit").body()).contains("passkey.update");
        assertThat(api(RunningControl.TOKEN, "PATCH", "passkeys/key_x", "{}").status())
                .isEqualTo(404);
        assertThat(api(invited().token("home"), "PATCH", "passkeys/" + id, "{}").status())
                .isEqualTo(404);
    }

    @Test
    void oneKeyIsKnownOnceAndSomebodyElsesIsNotFound() {
        add(owner, key, "laptop");

        assertThat(add(owner, key, "again").status()).isEqualTo(409);
        String id = control.get("/api/v1/passkeys").json().get("items").get(0).get("id").asString();
        Answer invited =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"grants\":[{\"role\":\"owner\"}]}");
        var dan = new TestBrowser(control);
        dan.post(
                java.net.URI.create(invited.json().get("link").asString()).getPath(),
                "name",
                "Dan");
        String page = "/home/account/passkeys/" + id + "/remove";
        assertThat(owner.get(page).status()).isEqualTo(200);
        assertThat(dan.get(page).status()).isEqualTo(404);
        assertThat(dan.post(page).status()).isEqualTo(404);
        var request = control.request("/api/v1/passkeys/" + id).DELETE();
        assertThat(
                        control.send(request.header("Authorization", "Bearer " + dan.token("home")))
                                .status())
                .isEqualTo(404);
        assertThat(control.get("/api/v1/passkeys").json().get("items")).hasSize(1);
    }

    private interface Asked {
        String answer(String challenge);
    }

    private Answer add(TestBrowser browser, SoftKey made, String name) {
        return create(browser, made.create(asked(browser), origin), name);
    }

    private static Answer create(TestBrowser browser, String answer, String name) {
        return browser.post("/home/account/passkeys", "name", name, "credential", answer);
    }

    private static String asked(TestBrowser browser) {
        Answer options = browser.post("/home/account/passkeys/options");
        assertThat(options.status()).as(options.body()).isEqualTo(200);
        assertThat(options.json().at("/rp/id").asString()).isEqualTo("localhost");
        return options.json().get("challenge").asString();
    }

    private static String challenge(TestBrowser browser) {
        Answer options = browser.post("/login/passkey/options");
        assertThat(options.status()).as(options.body()).isEqualTo(200);
        return options.json().get("challenge").asString();
    }

    private static String signIn(TestBrowser browser, String answer) {
        return browser.post("/login/passkey", "credential", answer).header("Location");
    }

    private static String id(String name) {
        return id(RunningControl.TOKEN, name);
    }

    private static JsonNode listed(String token) {
        return api(token, "GET", "passkeys", "").json().get("items");
    }

    private static Answer api(String token, String method, String path, String body) {
        return control.send(
                control.request("/api/v1/" + path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private static TestBrowser invited() {
        Answer invited =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"grants\":[{\"role\":\"viewer\"}]}");
        var browser = new TestBrowser(control);
        browser.post(URI.create(invited.json().get("link").asString()).getPath(), "name", "Dan");
        return browser;
    }

    private static Actor actor(String token) {
        String id = api(token, "GET", "me", "").json().get("person").asString();
        return new Actor(
                ActorType.PERSON,
                id,
                "Dan",
                control.bean(Teams.class).named("home").orElseThrow().id(),
                Grants.ALL,
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    private static String id(String token, String name) {
        for (var each : listed(token)) {
            if (each.get("name").asString().equals(name)) {
                return each.get("id").asString();
            }
        }
        throw new AssertionError("no passkey " + name);
    }

    private static void signInByLink(TestBrowser browser) {
        String owner = control.bean(Persons.class).first().orElseThrow().id();
        String path = control.bean(SignInLinks.class).make(owner).getPath();
        browser.post("/login", "token", path.substring("/login/".length()));
    }
}
