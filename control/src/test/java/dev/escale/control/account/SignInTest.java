package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.db.TestDatabase;
import java.net.CookieManager;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class SignInTest {
    private static RunningControl control;

    @Parameter TestDatabase.Kind kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void forgetCookies() {
        cookies().removeAll();
    }

    @Test
    void aLinkSignsInOnceByItsFormAndTheSessionCanBeEnded() {
        String link = freshLink();

        Answer signedIn = post("/login", "token=" + link + "&next=%2Fhome%2Fapps");
        Answer again = post("/login", "token=" + link);

        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.header("Location")).endsWith("/home/apps");
        assertThat(signedIn.header("Set-Cookie"))
                .contains("__Host-escale=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/");
        assertThat(again.header("Location")).endsWith("/login?refused");
        var entry = control.get("/api/v1/audit").json().get("items").get(0);
        assertThat(entry.get("phase").asString()).isEqualTo("refused");
        assertThat(entry.get("action").asString()).isEqualTo("session.create");
        assertThat(entry.get("outcome").asString()).isEqualTo("signIn.linkSpent");
        assertThat(entry.toString()).doesNotContain(link);
        assertThat(control.send(control.request("/home/nothing")).status()).isEqualTo(404);

        var sessions = control.get("/api/v1/sessions").json().get("items");
        assertThat(sessions).hasSize(1);
        String session = sessions.get(0).get("id").asString();
        Answer ended = control.send("DELETE", "/api/v1/sessions/" + session, "");
        assertThat(ended.status()).as(ended.body()).isEqualTo(204);
        assertThat(control.get("/api/v1/sessions").json().get("items")).isEmpty();
        assertThat(control.send(control.request("/home/nothing")).status()).isEqualTo(303);
    }

    @Test
    void theSessionGetsANewIdAtTheSignInAndEndsAtTheSignOut() {
        post("/login", "token=" + freshLink());
        String first = cookie("__Host-escale");

        post("/login", "token=" + freshLink());
        String second = cookie("__Host-escale");
        Answer signedOut = post("/logout", "");

        var entry = control.get("/api/v1/audit").json().get("items").get(0);
        assertThat(entry.get("action").asString()).isEqualTo("session.end");

        assertThat(second).isNotEqualTo(first);
        assertThat(signedOut.header("Location")).endsWith("/login?signedOut");
        assertThat(control.send(control.request("/home")).status()).isEqualTo(303);
    }

    @Test
    void aPageVisitedSignedOutLeadsToTheSignInAndBack() {
        Answer page = control.send(control.request("/home/apps?sort=name"));

        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).isEqualTo("/login?next=%2Fhome%2Fapps%3Fsort%3Dname");
    }

    @Test
    void nobodyIsSentAwayFromUsAfterSigningIn() {
        for (String elsewhere :
                Arrays.asList(
                        "https://evil.example",
                        "//evil.example",
                        "/\\evil.example",
                        "/\t/x",
                        "javascript:x")) {
            Answer signedIn =
                    post(
                            "/login",
                            "token="
                                    + freshLink()
                                    + "&next="
                                    + URLEncoder.encode(elsewhere, StandardCharsets.UTF_8));

            assertThat(signedIn.header("Location")).as(elsewhere).isEqualTo("/");
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefusedAndUsesNothingUp() {
        String link = freshLink();

        Answer forged =
                control.send(
                        control.request("/login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("token=" + link)));

        assertThat(forged.status()).isEqualTo(403);
        assertThat(post("/login", "token=" + link).header("Location")).doesNotContain("refused");
    }

    @Test
    void aLinkThatWasReplacedNoLongerSignsIn() {
        String older = freshLink();
        freshLink();

        assertThat(post("/login", "token=" + older).header("Location")).endsWith("/login?refused");
    }

    private String freshLink() {
        String owner = control.bean(Persons.class).first().orElseThrow().id();
        String path = control.bean(SignInLinks.class).make(owner).getPath();
        return path.substring("/login/".length());
    }

    private Answer post(String path, String form) {
        control.send(
                control.request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.noBody()));
        String csrf = masked(cookie("__Host-csrf"));
        return control.send(
                control.request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form + "&_csrf=" + csrf)));
    }

    /** As a page would carry it: XOR with as many random bytes, here zeros. */
    private static String masked(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[bytes.length * 2];
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return Base64.getUrlEncoder().encodeToString(both);
    }

    private String cookie(String name) {
        return cookies().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static CookieStore cookies() {
        return ((CookieManager) control.http().cookieHandler().orElseThrow()).getCookieStore();
    }
}
