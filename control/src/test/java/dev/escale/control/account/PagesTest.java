package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.agentlink.FakeAgent;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.TestDatabase;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages as a browser meets them, on a real port and a real database. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class PagesTest {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ASSET = Pattern.compile("(/assets/[^\"#]+)");

    @Parameter TestDatabase.Kind kind;

    private static RunningControl control;
    private static String server;

    @BeforeParameterizedClassInvocation
    static void signInAndAddAServerAndAnApp(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        var owner = control.bean(Persons.class).first().orElseThrow();
        String link = control.bean(SignInLinks.class).make(owner.id()).getPath();
        Answer door = control.send(control.request(link));
        submit(door, "/login", "token", link.substring("/login/".length()));

        Answer added = submit(get("/home/servers"), "/home/servers", "name", "web-1");
        assertThat(added.body()).contains("curl ").contains("Waiting for the first heartbeat");
        Matcher id = Pattern.compile("srv_[a-z0-9]+").matcher(added.body());
        assertThat(id.find()).isTrue();
        server = id.group();

        Answer created =
                submit(get("/home/apps/new"), "/home/apps", "name", "Shop", "server", server);
        assertThat(created.header("Location")).isEqualTo("/home/apps/shop");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @Test
    void everyPageIsCompleteInBothLanguages() {
        for (String path :
                List.of(
                        "/apps",
                        "/apps/new",
                        "/apps/shop",
                        "/apps/shop/deployments",
                        "/apps/shop/environment",
                        "/apps/shop/output",
                        "/apps/shop/settings",
                        "/apps/shop/remove",
                        "/servers",
                        "/servers/new",
                        "/servers/" + server,
                        "/servers/" + server + "/settings",
                        "/servers/" + server + "/remove",
                        "/account",
                        "/account/sign-in",
                        "/account/tokens",
                        "/activity")) {
            for (String language : List.of("en", "fr")) {
                Answer page =
                        control.send(
                                control.request("/home" + path)
                                        .header("Accept-Language", language));

                assertThat(page.status()).as(path + " " + language).isEqualTo(200);
                assertThat(page.body())
                        .as(path + " " + language)
                        .contains("<html lang=\"" + language + "\"", "</html>")
                        .doesNotContain(
                                "style=\"", "<script>", "{name}", "page.app", "page.server");
            }
        }
    }

    @Test
    void aServersPageSaysWhetherThePortsOfAppsAreClosed() {
        Answer added = submit(get("/home/servers"), "/home/servers", "name", "web-2");
        Matcher token = Pattern.compile("ESCALE_AGENT_TOKEN=(\\S+)").matcher(added.body());
        assertThat(token.find()).isTrue();
        assertThat(new FakeAgent(control, "").register(token.group(1)).status()).isEqualTo(201);
        Matcher id = Pattern.compile("srv_[a-z0-9]+").matcher(added.body());
        assertThat(id.find()).isTrue();

        for (var said :
                Map.of(
                                "en", "nft is not installed. On Debian",
                                "fr", "nft n’est pas installé. Sur Debian")
                        .entrySet()) {
            Answer page =
                    control.send(
                            control.request("/home/servers/" + id.group())
                                    .header("Accept-Language", said.getKey()));

            assertThat(page.body()).contains(said.getValue());
        }
    }

    @Test
    void theFirstPageShowsTheLinesToPush() {
        assertThat(get("/home/apps/shop").body())
                .contains("git remote add escale https://localhost:")
                .contains("/git/home/shop.git")
                .contains("git push escale main");
    }

    @Test
    void aFaultyFormKeepsWhatWasTypedAndSaysWhatIsWrong() {
        Answer refused =
                submit(
                        get("/home/apps/new"),
                        "/home/apps",
                        "name",
                        "Shop",
                        "server",
                        server,
                        "source",
                        "git",
                        "url",
                        "not an address");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("value=\"not an address\"")
                .contains("Another app of the team is named shop.")
                .contains("aria-invalid=\"true\"");
    }

    @Test
    void aSecretIsSetAndNeverShown() {
        submit(
                get("/home/apps/shop/environment"),
                "/home/apps/shop/environment",
                "name",
                "DATABASE_URL",
                "value",
                "postgres://hidden",
                "secret",
                "true");

        assertThat(get("/home/apps/shop/environment").body())
                .contains("DATABASE_URL")
                .contains("•••")
                .doesNotContain("postgres://hidden");
    }

    @Test
    void removingAsksForTheNameAndRefusesAnother() {
        Answer plan = get("/home/apps/shop/remove");
        Matcher id = Pattern.compile("name=\"plan\" value=\"([^\"]+)\"").matcher(plan.body());
        assertThat(id.find()).isTrue();

        Answer refused =
                submit(plan, "/home/apps/shop/remove", "plan", id.group(1), "name", "shoe");

        assertThat(refused.body()).contains("Type exactly shop; nothing has been changed.");
        assertThat(get("/home/apps/shop").status()).isEqualTo(200);
    }

    @Test
    void aPlanThatIsNoLongerGoodIsShownAnewInsteadOfAnError() {
        Answer plan = get("/home/apps/shop/remove");

        Answer anew =
                submit(
                        plan,
                        "/home/apps/shop/remove",
                        "plan",
                        "pln_long_forgotten",
                        "name",
                        "shop");

        assertThat(anew.body())
                .contains("That plan is out of date, so nothing has been changed.")
                .contains("name=\"plan\"")
                .doesNotContain("pln_long_forgotten");
        assertThat(get("/home/apps/shop").status()).isEqualTo(200);
    }

    @Test
    void anAppThatWasNeverDeployedIsNoLink() {
        assertThat(get("/home/apps").body())
                .contains("shop")
                .doesNotContain("href=\"https://shop.");
    }

    @Test
    void aWaitingServerShowsWhatToDoAndNoEmptySection() {
        assertThat(get("/home/servers/" + server).body())
                .containsPattern("id=\"vitals\"[^>]* hidden")
                .containsPattern("id=\"server-facts\"[^>]* hidden");
    }

    @Test
    void theAddressOfAFormLeadsToThePageItStandsOn() {
        for (String form : List.of("/apps/shop/deploy", "/team/invitations")) {
            Answer answer = get("/home" + form);

            assertThat(answer.status()).as(form).isEqualTo(302);
            assertThat(answer.header("Location"))
                    .as(form)
                    .endsWith("/home" + form.substring(0, form.lastIndexOf('/')));
        }
    }

    @Test
    void onesOwnSessionIsMarked() {
        assertThat(get("/home/account/sign-in").body()).contains("<small>this one</small>");
    }

    @Test
    void theDoorShowsWhoSignedItsCertificate() {
        assertThat(new TestBrowser(control).get("/login").body())
                .contains(control.bean(Authority.class).sha256());
    }

    @Test
    void aDeployOfNothingIsRefusedOnTheAppsPageWithTheNextStep() {
        Answer refused = submit(get("/home/apps/shop"), "/home/apps/shop/deploy");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("role=\"alert\"").contains("git push escale");
    }

    @Test
    void whatPagesLoadIsKeptForGoodAndCompressed() {
        Matcher assets = ASSET.matcher(get("/home/apps").body());
        int found = 0;
        while (assets.find()) {
            Answer asset =
                    control.send(
                            control.request(assets.group(1)).header("Accept-Encoding", "gzip"));
            assertThat(asset.status()).as(assets.group(1)).isEqualTo(200);
            assertThat(asset.header("Cache-Control")).contains("immutable");
            found++;
        }
        assertThat(found).isGreaterThan(4);
    }

    @Test
    void pagesThemselvesAreCompressedForWhoAsksForIt() throws Exception {
        var asked = control.request("/home/apps/shop/settings").header("Accept-Encoding", "gzip");

        var page = control.http().send(asked.build(), BodyHandlers.ofByteArray());

        assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
        var whole = new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes();
        assertThat(new String(whole, StandardCharsets.UTF_8)).contains("</html>");
        assertThat(page.body().length).isLessThan(whole.length / 2);
    }

    @Test
    void anOpenPageFollowsWhatHappens() throws Exception {
        BlockingQueue<String> drawn = new LinkedBlockingQueue<>();
        WebSocket page = open(control.config().publicUrl().toString(), drawn);
        page.sendText(
                        "{\"subscribe\":[{\"part\":\"server.list\",\"subject\":\"\",\"target\":\"servers\"}]}",
                        true)
                .join();
        assertThat(drawn.poll(10, TimeUnit.SECONDS))
                .contains("web-1")
                .contains("\"swap\":\"morph\"");

        control.send("POST", "/api/v1/servers", "{\"name\":\"seen-live\"}");

        assertThat(drawn.poll(10, TimeUnit.SECONDS)).contains("seen-live");
        page.abort();
    }

    @Test
    void theStreamOpensForOurOwnPagesAlone() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> open("https://evil.example", new LinkedBlockingQueue<>())))
                .isInstanceOf(CompletionException.class);
    }

    private static WebSocket open(String origin, BlockingQueue<String> texts) {
        URI address =
                URI.create(
                        control.config().publicUrl().toString().replace("https:", "wss:")
                                + "/stream?team=home");
        return control.http()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(address, new Texts(texts))
                .join();
    }

    private static Answer get(String path) {
        return control.send(control.request(path));
    }

    /** Sends a form of this page, with its token. */
    private static Answer submit(Answer page, String action, String... fields) {
        Matcher token = FORM_TOKEN.matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        StringBuilder body = new StringBuilder("_csrf=" + encoded(token.group(1)));
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(fields[i]).append('=').append(encoded(fields[i + 1]));
        }
        return control.send(
                control.request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whole messages, in order. */
    private static final class Texts implements WebSocket.Listener {
        private final BlockingQueue<String> texts;
        private final StringBuilder part = new StringBuilder();

        Texts(BlockingQueue<String> texts) {
            this.texts = texts;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
