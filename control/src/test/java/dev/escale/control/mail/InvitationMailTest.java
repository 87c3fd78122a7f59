package dev.escale.control.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.SecretText;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Path;
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
        assertThat(part(mail.next(), 0)).contains(link);
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
        return send(
                "POST",
                "teams/home/invitations",
                "{\"email\":\"%s\",\"language\":\"%s\",\"grants\":[{\"role\":\"owner\"}]}"
                        .formatted(email, language));
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
