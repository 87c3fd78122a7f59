package dev.escale.control.mail;

import static dev.escale.control.db.schema.Tables.LETTER;
import static dev.escale.control.db.schema.Tables.POSTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.SecretText;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Invitations over a real mail server, on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class InvitationMailTest {
    private static final Pattern LINK = Pattern.compile("https://[^\\s\"<]+/invitations/\\w+");

    @Parameter TestDatabase.Kind kind;
    @TempDir Path folder;

    private TestMailServer mail;
    private @Nullable RunningControl control;

    @BeforeEach
    void mailServer() {
        mail = new TestMailServer(folder);
    }

    @AfterEach
    void stop() {
        if (control != null) {
            control.close();
        }
        mail.close();
    }

    @Test
    void anInvitationComesInTheLanguageOfWhoeverIsInvitedAndOpensTheTeam() throws Exception {
        mail.startTls();
        control = started(false, mail.authority());
        Answer invited = invite("ann@example.com", "fr");

        MimeMessage message = mail.next();
        String text = part(message, 0);
        String html = part(message, 1);
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        assertThat(invited.json().get("link").isNull()).as(invited.body()).isTrue();
        assertThat(invited.body()).doesNotContain("/invitations/");
        assertThat(message.getSubject())
                .isEqualTo("Owner vous invite dans l’équipe Home sur Escale");
        assertThat(message.getAllRecipients()[0]).hasToString("ann@example.com");
        assertThat(message.getFrom()[0]).hasToString("Escale <escale@example.org>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text).contains("Owner vous invite à rejoindre l’équipe Home");
        assertThat(html)
                .contains("<html lang=\"fr\">", "Rejoindre Home")
                .doesNotContain("<img", "src=", "http://");
        assertThat(link(html)).isEqualTo(link(text));
        awaitMail("sent");
        assertThat(control.bean(Letters.class).link(home(), id())).isEmpty();

        var ann = new TestBrowser(control);
        Answer joined = ann.post(URI.create(link(text)).getPath(), "name", "Ann");
        assertThat(joined.header("Location")).as(joined.body()).isEqualTo("/home/apps");
    }

    @Test
    void whatTheServerRefusesIsSaidWithTheLinkAndSentAgain() throws Exception {
        mail.tls().refuse(550, "no such user here");
        control = started(true, mail.authority());
        invite("nobody@example.com", "en");
        awaitMail("failed");

        JsonNode shown = invitation().get("mail");
        assertThat(shown.get("error").asString()).contains("no such user here");
        String link = shown.get("link").asString();
        TestBrowser admin = join("admin");
        TestBrowser owner = join("owner");
        assertThat(owner.get("/home/team").body())
                .contains("could not be delivered", "no such user here", link, "Send again");
        assertThat(admin.get("/home/team").body())
                .contains("no such user here")
                .doesNotContain(link);

        mail.takeAgain();
        Answer again = owner.post("/home/team/invitations/" + id() + "/send");
        assertThat(again.status()).as(again.body()).isEqualTo(303);
        String fresh = link(part(mail.next(), 0));
        assertThat(fresh).isNotEqualTo(link);
        assertThat(owner.get(URI.create(link).getPath()).status()).isEqualTo(404);
        awaitMail("sent");
        assertThat(send("POST", "teams/home/invitations/" + id() + "/send", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void aServerThatIsDownIsTriedAgainAlsoAfterARestartAndGivenUpInTheEnd() {
        control = started(true, mail.authority());
        invite("ann@example.com", "en");
        await(() -> !invitation().get("mail").get("error").isNull());
        assertThat(invitation().get("mail").get("state").asString()).isEqualTo("waiting");
        assertThat(invitation().get("mail").get("link").isNull()).isTrue();

        control.restart();
        Instant now = Instant.now();
        for (int attempt = 0; attempt < 6; attempt++) {
            now = now.plus(Duration.ofDays(1));
            control.bean(Postman.class).look(now);
        }

        JsonNode shown = invitation().get("mail");
        assertThat(shown.get("state").asString()).isEqualTo("failed");
        assertThat(shown.get("link").asString()).contains("/invitations/");
    }

    @Test
    void aCertificateThatNobodyVouchesForGetsNoMail() {
        mail.startTls();
        control = started(false, null);
        invite("ann@example.com", "en");

        await(() -> !invitation().get("mail").get("error").isNull());
        assertThat(invitation().get("mail").get("error").asString()).containsIgnoringCase("certif");
        assertThat(mail.isEmpty()).isTrue();
    }

    @Test
    void anInvitationThatWasTakenBackIsNotSentAnyMore() throws Exception {
        control = started(true, mail.authority());
        invite("ann@example.com", "en");
        await(() -> !invitation().get("mail").get("error").isNull());
        assertThat(send("DELETE", "teams/home/invitations/" + id(), null).status()).isEqualTo(204);

        mail.tls();
        control.bean(Postman.class).look(Instant.now().plus(Duration.ofHours(1)));
        invite("bob@example.com", "en");
        assertThat(mail.next().getAllRecipients()[0]).hasToString("bob@example.com");
        assertThat(mail.isEmpty()).isTrue();
    }

    @Test
    void aLetterThatCannotBeReadFailsAlone() throws Exception {
        control = started(true, mail.authority());
        invite("bob@example.com", "en");
        await(() -> !invitation().get("mail").get("error").isNull());
        String bob = id();
        control.bean(Database.class)
                .write(
                        home(),
                        tx ->
                                tx.update(LETTER)
                                        .set(LETTER.SEALED, new byte[] {1, 2, 3})
                                        .where(LETTER.SUBJECT.eq(bob))
                                        .execute());
        mail.tls();
        invite("ann@example.com", "en");
        control.bean(Postman.class).look(Instant.now().plus(Duration.ofHours(1)));

        assertThat(mail.next().getAllRecipients()[0]).hasToString("ann@example.com");
        JsonNode shown = invitation(bob).get("mail");
        assertThat(shown.get("state").asString()).isEqualTo("failed");
        assertThat(shown.get("error").asString()).isEqualTo("unreadable");
        assertThat(shown.get("link").isNull()).isTrue();
        assertThat(join("owner").get("/home/team").body())
                .contains("its text could not be read any more");

        assertThat(send("POST", "teams/home/invitations/" + bob + "/send", "{}").status())
                .isEqualTo(200);
        MimeMessage again = mail.next();
        while (!again.getAllRecipients()[0].toString().equals("bob@example.com")) {
            again = mail.next(); // looking ahead of time takes up what another is sending
        }
        assertThat(again.getSubject()).isEqualTo("Owner invites you to Home on Escale");
    }

    @Test
    void whatCouldNotBeSentIsNotSentAgainWithoutAMailServer() {
        mail.tls().refuse(550, "no such user here");
        control = started(true, mail.authority());
        invite("nobody@example.com", "en");
        awaitMail("failed");
        control.stop();
        control.startWith(control.config().withMail(null));

        Answer refused = send("POST", "teams/home/invitations/" + id() + "/send", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("invitation.noMail");
        assertThat(invitation().get("mail").get("link").isNull()).isFalse();
    }

    @Test
    void withoutAMailServerWhatWaitedIsShownAndIsNoProofOfTheAddressEverAfter() {
        control = started(true, mail.authority());
        invite("ann@example.com", "en");
        await(() -> !invitation().get("mail").get("error").isNull());
        var with = control.config();
        control.stop();
        control.startWith(with.withMail(null));

        JsonNode shown = invitation().get("mail");
        assertThat(shown.get("state").asString()).isEqualTo("failed");
        assertThat(shown.get("error").asString()).isEqualTo("noServer");
        String link = shown.get("link").asString();
        assertThat(join("owner").get("/home/team").body())
                .contains("could not be delivered: no mail server is set", link);
        refusesWhoeverHas(link);

        await(() -> isGivenUp());
        mail.tls();
        control.stop();
        control.startWith(with);
        refusesWhoeverHas(link);
        assertThat(send("POST", "teams/home/invitations/" + id() + "/send", "{}").status())
                .isEqualTo(200);
        awaitMail("sent");
    }

    private void refusesWhoeverHas(String link) {
        Answer answer =
                new TestBrowser(control).post(URI.create(link).getPath(), "name", "Somebody");
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    }

    private boolean isGivenUp() {
        return control.bean(Database.class)
                .read(home(), tx -> tx.selectFrom(LETTER).fetchOne(LETTER.STATE))
                .equals("failed");
    }

    @Test
    void nobodysMailboxIsFilledWhateverIsTakenBack() {
        control = started(true, mail.authority());
        for (int letter = 0; letter < Postage.PER_TEAM_AND_ADDRESS; letter++) {
            Answer invited = invite(letter % 2 == 0 ? "ann@example.com" : "Ann@Example.com", "en");
            assertThat(invited.status()).as(invited.body()).isEqualTo(201);
            String made = invited.json().at("/invitation/id").asString();
            send("DELETE", "teams/home/invitations/" + made, null);
        }

        Answer refused = invite("ann@example.com", "en");
        Answer french =
                control.send(
                        control.authorized("/api/v1/teams/home/invitations?dryRun=true")
                                .header("Content-Type", "application/json")
                                .header("Accept-Language", "fr")
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                body("ann@example.com", "en"))));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("mail.tooManyToAddress");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(86_000, 86_401);
        assertThat(refused.json().get("hint").asString()).contains("The next one can go in");
        assertThat(french.status()).isEqualTo(429);
        assertThat(french.json().get("hint").asString()).contains("Le prochain pourra partir dans");
        assertThat(
                        join("owner")
                                .post(
                                        "/home/team/invitations",
                                        "email",
                                        "ann@example.com",
                                        "role",
                                        "viewer")
                                .body())
                .contains("which is the limit for one address", "The next one can go in");

        assertThat(invite("bob@example.com", "en").status()).isEqualTo(201);

        control.bean(Database.class)
                .system(
                        tx ->
                                tx.update(POSTAGE)
                                        .set(POSTAGE.AT, Instant.now().minus(Duration.ofDays(1)))
                                        .execute());
        assertThat(invite("ann@example.com", "en").status()).isEqualTo(201);
    }

    @Test
    void whatOneTeamSendsToAnAddressIsNotToldToAnother() {
        control = started(true, mail.authority());
        TestBrowser other = join("admin");
        other.post("/home/teams", "name", "Others");
        String token = other.token("others");
        Answer before = inviteAs(token, "others", "bob@example.com");
        for (int letter = 0; letter < Postage.PER_TEAM_AND_ADDRESS; letter++) {
            assertThat(invite("ann@example.com", "en").status()).isEqualTo(201);
        }

        assertThat(invite("ann@example.com", "en").status()).isEqualTo(429);
        Answer after = inviteAs(token, "others", "ann@example.com");
        assertThat(after.status()).as(after.body()).isEqualTo(201);
        assertThat(alike(after)).isEqualTo(alike(before));
    }

    @Test
    void whenAllTeamsHaveSentManyTheNextLetterGoesLaterAndIsAnsweredTheSame() throws Exception {
        mail.tls();
        control = started(true, mail.authority());
        var postage = new Postage(control.bean(Database.class), Clock.systemUTC());
        for (int letter = 0; letter < Postage.PER_ADDRESS; letter++) {
            postage.take(new dev.escale.control.db.TeamId("tem_" + letter % 3), "ann@example.com");
        }

        Answer late = invite("ann@example.com", "en");
        Answer soon = invite("bob@example.com", "en");
        assertThat(late.status()).as(late.body()).isEqualTo(201);
        assertThat(alike(late)).isEqualTo(alike(soon));
        assertThat(mail.next().getAllRecipients()[0]).hasToString("bob@example.com");
        String bob = soon.json().at("/invitation/id").asString();
        await(() -> invitation(bob).get("mail").get("state").asString().equals("sent"));
        control.bean(Postman.class).look(Instant.now().plus(Duration.ofHours(23)));
        assertThat(mail.isEmpty()).isTrue();

        control.bean(Postman.class).look(Instant.now().plus(Duration.ofDays(1)));
        assertThat(mail.next().getAllRecipients()[0]).hasToString("ann@example.com");
    }

    @Test
    void aTeamSendsSoManyLettersADay() {
        control = started(true, mail.authority());
        var postage = new Postage(control.bean(Database.class), Clock.systemUTC());
        for (int letter = 0; letter < Postage.PER_TEAM; letter++) {
            postage.take(home(), "p" + letter + "@example.com");
        }

        Answer refused = invite("ann@example.com", "en");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("mail.tooManyOfTeam");
        assertThat(send("GET", "teams/home/invitations", null).json().get("items")).isEmpty();
    }

    @Test
    void withoutAnAddressThereIsALinkAndNoMail() {
        mail.tls();
        control = started(true, mail.authority());
        Answer invited =
                send("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"viewer\"}]}");

        assertThat(invited.json().get("link").asString()).contains("/invitations/");
        assertThat(invited.json().get("invitation").get("mail").isNull()).isTrue();
        assertThat(
                        send(
                                        "POST",
                                        "teams/home/invitations",
                                        "{\"email\":\"a@example.com\",\"language\":\"de\",\"grants\":[{\"role\":\"viewer\"}]}")
                                .status())
                .isEqualTo(422);
    }

    private RunningControl started(boolean tls, @Nullable Path authority) {
        return RunningControl.start(
                kind,
                usual ->
                        usual.withMail(
                                new MailServer(
                                        tls,
                                        "localhost",
                                        mail.port(),
                                        tls ? null : TestMailServer.USER,
                                        tls ? null : new SecretText(TestMailServer.PASSWORD),
                                        "escale@example.org",
                                        authority)));
    }

    private TestBrowser join(String role) {
        Answer made =
                send(
                        "POST",
                        "teams/home/invitations",
                        "{\"grants\":[{\"role\":\"" + role + "\"}]}");
        var browser = new TestBrowser(control);
        browser.post(URI.create(made.json().get("link").asString()).getPath(), "name", role);
        return browser;
    }

    private Answer invite(String email, String language) {
        return send("POST", "teams/home/invitations", body(email, language));
    }

    private Answer inviteAs(String token, String team, String email) {
        return control.send(
                control.request("/api/v1/teams/" + team + "/invitations")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        body(email, "en"))));
    }

    /** All of it but what differs between any two, and how far the letter has come meanwhile. */
    private static String alike(Answer made) {
        return made.body()
                .replaceAll("inv_\\w+", "inv")
                .replaceAll("\\w+@example.com", "address")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[^\"]+", "time")
                .replaceAll("\"mail\":\\{[^}]*}", "mail");
    }

    private static String body(String email, String language) {
        return "{\"email\":\"%s\",\"language\":\"%s\",\"grants\":[{\"role\":\"owner\"}]}"
                .formatted(email, language);
    }

    /** The one that a mail is about. */
    private JsonNode invitation() {
        for (JsonNode each : send("GET", "teams/home/invitations", null).json().get("items")) {
            if (!each.get("mail").isNull()) {
                return each;
            }
        }
        throw new AssertionError("no invitation was mailed");
    }

    private JsonNode invitation(String id) {
        for (JsonNode each : send("GET", "teams/home/invitations", null).json().get("items")) {
            if (each.get("id").asString().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("there is no invitation " + id);
    }

    private String id() {
        return invitation().get("id").asString();
    }

    private dev.escale.control.db.TeamId home() {
        return new dev.escale.control.db.TeamId(
                send("GET", "teams/home", null).json().get("id").asString());
    }

    private void awaitMail(String state) {
        await(() -> invitation().get("mail").get("state").asString().equals(state));
    }

    private static void await(BooleanSupplier came) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!came.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come");
            }
            Thread.onSpinWait();
        }
    }

    private static String part(MimeMessage message, int number) throws Exception {
        return ((MimeMultipart) message.getContent()).getBodyPart(number).getContent().toString();
    }

    private static String link(String text) {
        Matcher link = LINK.matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return link.group();
    }

    private Answer send(String method, String path, @Nullable String body) {
        return control.send(
                control.authorized("/api/v1/" + path)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                        : java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }
}
