package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.INVITATION;
import static dev.escale.control.db.schema.Tables.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.mail.TestMailServer;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Who may accept an invitation, by every door: the form of a stranger, that of somebody signed in,
 * and an account at a provider. Mail is sent for real; on both databases.
 */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class InvitationDoorsTest {
    private static final Pattern LINK = Pattern.compile("/invitations/\\w+");

    private static RunningControl control;
    private static FakeProvider provider;
    private static ProviderDance dance;
    private static TestMailServer mail;
    private static int people;

    @Parameter TestDatabase.Kind kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) throws Exception {
        Path folder = Files.createTempDirectory("mail");
        provider = FakeProvider.start();
        mail = new TestMailServer(folder).tls();
        control =
                RunningControl.start(
                        kind,
                        provider.settings(false),
                        usual ->
                                usual.withMail(
                                        new MailServer(
                                                true,
                                                "localhost",
                                                mail.port(),
                                                null,
                                                null,
                                                "escale@example.org",
                                                mail.authority())));
        dance = new ProviderDance(control, provider);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
        provider.close();
        mail.close();
    }

    @AfterEach
    void takeMailAgain() {
        mail.takeAgain();
    }

    @Test
    void aLinkThatWasOnlyInTheMailShowsThatTheAddressIsTheirs() throws Exception {
        String byName = mailed("ada@example.com");
        String byProvider = mailed("bea@example.com");
        String signedIn = mailed("cleo@example.com");
        TestBrowser cleo = outsider("Cleo");

        assertThat(dance.browser().get(byName).body()).contains("Your name");
        assertThat(dance.browser().post(byName, "name", "Ada").header("Location"))
                .isEqualTo("/home/apps");
        assertThat(
                        dance.through(dance.browser(), somebody("bea"), byProvider + "/github")
                                .header("Location"))
                .isEqualTo("/home/apps");
        assertThat(cleo.get(signedIn).body()).contains("Join as Cleo");
        assertThat(cleo.post(signedIn).header("Location")).isEqualTo("/home/apps");
        assertThat(control.get("/api/v1/teams/home/members").body())
                .contains("ada@example.com", "bea@example.com");
    }

    @Test
    void aLinkThatWasShownLetsNobodyInWhoHasNotTheAddress() throws Exception {
        Account dora = somebody("dora");
        String link = shown(dora.email());
        TestBrowser stranger = dance.browser();
        TestBrowser other = outsider("Other");

        Answer door = stranger.get(link);
        Answer byName = stranger.post(link, "name", "Dora");
        JsonNode strange = newestJoin();
        Answer signedIn = other.post(link);
        JsonNode known = newestJoin();
        Answer byProvider = dance.through(dance.browser(), somebody("eve"), link + "/github");

        assertThat(door.status()).isEqualTo(200);
        assertThat(door.body())
                .contains("Continue with an account that has this address", "GitHub")
                .doesNotContain("Your name");
        assertThat(byName.status()).isEqualTo(403);
        assertThat(byName.body()).contains("nothing shows that this address is yours");
        assertThat(strange.get("outcome").asString()).isEqualTo("invitation.otherAddress");
        assertThat(strange.get("phase").asString()).isEqualTo("refused");
        assertThat(strange.at("/actor/name").asString()).isEqualTo("Dora");
        assertThat(other.get(link).status()).isEqualTo(403);
        assertThat(signedIn.status()).isEqualTo(403);
        assertThat(signedIn.body()).contains("Sign out and join as somebody else");
        assertThat(known.at("/actor/name").asString()).isEqualTo("Other");
        assertThat(byProvider.header("Location")).isEqualTo(link + "?unverified=github");
        assertThat(dance.browser().get(byProvider.header("Location")).status()).isEqualTo(403);
        assertThat(control.get("/api/v1/teams/home/members").body()).doesNotContain(dora.email());

        assertThat(dance.through(dance.browser(), dora, link + "/gitlab").header("Location"))
                .isEqualTo("/home/apps");
    }

    @Test
    void whoHasLinkedAnAccountWithTheAddressAcceptsSignedIn() throws Exception {
        Account fay = somebody("fay");
        String link = shown(fay.email());
        TestBrowser browser = outsider("Fay");
        assertThat(browser.post(link).status()).isEqualTo(403);

        dance.through(browser, fay, "/fay/account/identities/github/link");

        assertThat(browser.post(link).header("Location")).isEqualTo("/home/apps");
    }

    @Test
    void aLinkSentAgainHasBeenSeenByNobodyHere() throws Exception {
        String before = shown("gil@example.com");
        Answer again =
                control.send("POST", "/api/v1/teams/home/invitations/" + newest() + "/send", "{}");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        String fresh = nextLink();

        assertThat(dance.browser().post(before, "name", "Gil").status()).isEqualTo(404);
        assertThat(dance.browser().post(fresh, "name", "Gil").header("Location"))
                .isEqualTo("/home/apps");
    }

    @Test
    void onceAcceptedItIsOverAtEveryDoor() throws Exception {
        String link = open();
        Account late = somebody("late");
        TestBrowser signedIn = outsider("Hal");
        URI consent = dance.begin(dance.browser(), link + "/github");
        TestBrowser first = dance.browser();
        TestBrowser waiting = dance.browser();
        URI held = dance.begin(waiting, link + "/github");
        assertThat(first.post(link, "name", "First").header("Location")).isEqualTo("/home/apps");

        Answer again = first.post(link);
        Answer byName = dance.browser().post(link, "name", "Second");
        Answer other = signedIn.post(link);
        Answer byProvider = waiting.get(dance.agreed(held, late));

        assertThat(consent).isNotNull();
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("You belong to this team already", "/home/apps");
        assertThat(byName.status()).isEqualTo(410);
        assertThat(byName.body()).contains("accepted already");
        assertThat(other.status()).isEqualTo(410);
        assertThat(byProvider.header("Location")).isEqualTo(link);
        assertThat(waiting.get(link).status()).isEqualTo(410);
        assertThat(newestJoin().get("outcome").asString()).isEqualTo("invitation.accepted");
    }

    @Test
    void whatEndsWhileThePageIsOpenIsOverAtEveryDoor() throws Exception {
        String link = open();
        TestBrowser stranger = dance.browser();
        TestBrowser signedIn = outsider("Ian");
        TestBrowser waiting = dance.browser();
        assertThat(stranger.get(link).status()).isEqualTo(200);
        assertThat(signedIn.get(link).status()).isEqualTo(200);
        URI consent = dance.begin(waiting, link + "/github");
        expire(link);

        Answer byName = stranger.post(link, "name", "Late");
        JsonNode entry = newestJoin();
        Answer byAccount = signedIn.post(link);
        Answer byProvider = waiting.get(dance.agreed(consent, somebody("late")));

        assertThat(byName.status()).isEqualTo(410);
        assertThat(byName.body()).contains("too old");
        assertThat(entry.get("outcome").asString()).isEqualTo("invitation.expired");
        assertThat(entry.get("phase").asString()).isEqualTo("refused");
        assertThat(byAccount.status()).isEqualTo(410);
        assertThat(byProvider.header("Location")).isEqualTo(link);
        assertThat(waiting.get(link).body()).contains("too old");
        assertThat(waiting.get("/home/apps").status()).as("nobody came in").isEqualTo(303);
        assertThat(newestJoin().get("outcome").asString()).isEqualTo("invitation.expired");
    }

    @Test
    void whoSignsInFirstJoinsWithThatAccountAndWhoSignsOutWithAnother() throws Exception {
        String link = open();
        TestBrowser jane = outsider("Jane");
        jane.post("/logout");
        assertThat(jane.get(link).body()).contains("/login?next=" + link, "Your name");
        String person = person("Jane");
        String token = control.bean(SignInLinks.class).make(person).getPath().substring(7);
        Answer back = jane.post("/login", "token", token, "next", link);
        assertThat(back.header("Location")).isEqualTo(link);
        assertThat(jane.get(link).body()).contains("Join as Jane");

        jane.post("/logout");
        Account kim = somebody("kim");
        assertThat(dance.through(jane, kim, link + "/github").header("Location"))
                .isEqualTo("/home/apps");
        assertThat(control.get("/api/v1/teams/home/members").body())
                .contains(kim.login())
                .doesNotContain(person);
    }

    /** Somebody with an account and a team of their own, who does not belong to home any more. */
    private static TestBrowser outsider(String name) throws Exception {
        TestBrowser browser = dance.browser();
        assertThat(browser.post(open(), "name", name).header("Location")).isEqualTo("/home/apps");
        browser.post("/home/teams", "name", name);
        String person = person(name);
        Answer plan = control.send("DELETE", "/api/v1/teams/home/members/" + person, "");
        String id = plan.json().get("planId").asString();
        assertThat(control.send("POST", "/api/v1/plans/" + id + "/apply", "{}").status())
                .isEqualTo(200);
        return browser;
    }

    private static String person(String name) {
        return control.bean(Database.class)
                .systemRead(
                        tx ->
                                tx.select(PERSON.ID)
                                        .from(PERSON)
                                        .where(PERSON.NAME.eq(name))
                                        .fetchSingle(PERSON.ID));
    }

    private static String open() {
        return dance.invitation("");
    }

    private static String mailed(String email) throws Exception {
        assertThat(invite(email).status()).isEqualTo(201);
        return nextLink();
    }

    /** It could not be delivered, so that whoever may give its roles was shown the link. */
    private static String shown(String email) {
        mail.refuse(550, "not today");
        assertThat(invite(email).status()).isEqualTo(201);
        String id = newest();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode shown = newestInvitation().at("/mail/link");
        while (shown.isNull() || shown.isMissingNode()) {
            assertThat(System.nanoTime()).as("the letter is given up").isLessThan(end);
            Thread.onSpinWait();
            shown = newestInvitation().at("/mail/link");
        }
        assertThat(newest()).isEqualTo(id);
        mail.takeAgain();
        return URI.create(shown.asString()).getPath();
    }

    private static Answer invite(String email) {
        return control.send(
                "POST",
                "/api/v1/teams/home/invitations",
                "{\"email\":\"%s\",\"grants\":[{\"role\":\"developer\"}]}".formatted(email));
    }

    private static String nextLink() throws Exception {
        var parts = (MimeMultipart) mail.next().getContent();
        Matcher link = LINK.matcher(parts.getBodyPart(0).getContent().toString());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static JsonNode newestInvitation() {
        return control.get("/api/v1/teams/home/invitations").json().get("items").get(0);
    }

    private static String newest() {
        return newestInvitation().get("id").asString();
    }

    private static void expire(String link) {
        Team home = control.bean(Teams.class).named("home").orElseThrow();
        String hash = TokenText.hash(link.substring("/invitations/".length()));
        control.bean(Database.class)
                .write(
                        home.id(),
                        tx ->
                                tx.update(INVITATION)
                                        .set(INVITATION.EXPIRES_AT, Instant.now())
                                        .where(INVITATION.HASH.eq(hash))
                                        .execute());
    }

    private static JsonNode newestJoin() {
        for (JsonNode entry : control.get("/api/v1/audit").json().get("items")) {
            if (entry.get("action").asString().equals("member.join")) {
                return entry;
            }
        }
        throw new AssertionError("nobody has joined");
    }

    private static Account somebody(String login) {
        int id = 5000 + ++people;
        return new Account(id, login + id, login + id + "@example.com", true);
    }
}
