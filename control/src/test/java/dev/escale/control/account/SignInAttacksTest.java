package dev.escale.control.account;

import static dev.escale.control.account.ProviderDance.TO_GITHUB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What is tried against the sign-in, each as its attacker would do it. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class SignInAttacksTest {
    private static final Account VICTIM = new Account(1, "victim", "victim@example.com", true);
    private static final Account ATTACKER =
            new Account(2, "attacker", "attacker@example.com", true);
    private static final String STATE = "/login/github/refused/signIn.state";

    private static RunningControl control;
    private static FakeProvider provider;
    private static ProviderDance dance;

    @Parameter TestDatabase.Kind kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        provider = FakeProvider.start();
        control = RunningControl.start(kind, provider.settings(false));
        dance = new ProviderDance(control, provider);
        dance.join(dance.browser(), VICTIM);
        dance.join(dance.browser(), ATTACKER);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "/login/github/callback?state=x",
            })
    void nobodyIsSentAwayFromUsAfterSigningIn(String next) {
        Answer signedIn = dance.through(dance.browser(), VICTIM, TO_GITHUB, "next", next);

        assertThat(signedIn.header("Location")).isEqualTo("/");
    }

    @Test
    void aSessionThatWasPlantedBeforeTheSignInIsWorthNothingAfterIt() {
        TestBrowser attacker = dance.browser();
        dance.begin(attacker, TO_GITHUB);
        String planted = attacker.session();
        TestBrowser victim = dance.browser();
        victim.plant(planted);

        Answer signedIn = dance.through(victim, VICTIM, TO_GITHUB);

        assertThat(signedIn.header("Location")).isEqualTo("/");
        assertThat(victim.session()).isNotEqualTo(planted);
        assertThat(victim.get("/home/account").status()).isEqualTo(200);
        assertThat(attacker.get("/home/account").status()).isEqualTo(303);
    }

    /** Login CSRF: the victim would work in the attacker's account, and type secrets there. */
    @Test
    void aCallbackThatBeganInAnotherBrowserLetsNobodyIn() {
        String forged = dance.agreed(dance.begin(dance.browser(), TO_GITHUB), ATTACKER);
        TestBrowser stranger = dance.browser();
        TestBrowser victim = dance.browser();
        dance.begin(victim, TO_GITHUB);
        int asked = provider.asked();

        Answer withoutSession = stranger.get(forged);
        Answer withAttemptOfItsOwn = victim.get(forged);

        assertThat(withoutSession.header("Location")).isEqualTo(STATE);
        assertThat(withAttemptOfItsOwn.header("Location")).isEqualTo(STATE);
        assertThat(provider.asked()).isEqualTo(asked);
        assertThat(stranger.get("/home/account").status()).isEqualTo(303);
        Answer page = stranger.get(STATE);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("did not begin in this browser");
    }

    @Test
    void aForgedCallbackDoesNotEndTheAttemptOfTheVictim() {
        TestBrowser victim = dance.browser();
        URI own = dance.begin(victim, TO_GITHUB);

        victim.get("/login/github/callback?code=x&state=wrong");
        Answer signedIn = victim.get(dance.agreed(own, VICTIM));

        assertThat(signedIn.header("Location")).isEqualTo("/");
    }

    @Test
    void aCallbackWorksOnce() {
        TestBrowser browser = dance.browser();
        String callback = dance.agreed(dance.begin(browser, TO_GITHUB), VICTIM);

        Answer first = browser.get(callback);
        Answer again = browser.get(callback);

        assertThat(first.header("Location")).isEqualTo("/");
        assertThat(again.header("Location")).isEqualTo(STATE);
    }

    @Test
    void aStateOfOneProviderIsNoneOfTheOther() {
        TestBrowser browser = dance.browser();
        String callback = dance.agreed(dance.begin(browser, TO_GITHUB), VICTIM);

        Answer mixedUp = browser.get(callback.replace("/github/", "/gitlab/"));

        assertThat(mixedUp.header("Location")).isEqualTo("/login/gitlab/refused/signIn.state");
    }

    /** A stolen code with a state of the attacker's own: PKCE binds the code to its browser. */
    @Test
    void aCodeOfAnotherBrowserIsWorthNothing() {
        URI ofVictim = dance.begin(dance.browser(), TO_GITHUB);
        String stolen = provider.agree(ofVictim, VICTIM);
        TestBrowser attacker = dance.browser();
        URI own = dance.begin(attacker, TO_GITHUB);

        Answer injected = attacker.get(ProviderDance.callback(own, "code", stolen));

        assertThat(injected.header("Location"))
                .isEqualTo("/login/github/refused/signIn.providerRefused");
        assertThat(attacker.get("/home/account").status()).isEqualTo(303);
    }

    @Test
    void nobodyElseLinksTheirIdentityToTheSessionOfAVictim() {
        TestBrowser victim = dance.browser();
        dance.through(victim, VICTIM, TO_GITHUB);
        TestBrowser attacker = dance.browser();
        dance.through(attacker, ATTACKER, TO_GITHUB);
        Account second = new Account(3, "attacker-two", null, false);
        String link = "/home/account/identities/github/link";
        String forged = dance.agreed(dance.begin(attacker, link), second);
        String login = dance.agreed(dance.begin(dance.browser(), TO_GITHUB), second);

        assertThat(victim.get(forged).header("Location")).isEqualTo(STATE);
        assertThat(victim.get(login).header("Location")).isEqualTo(STATE);
        assertThat(victim.postForged(link).status()).isEqualTo(403);
        assertThat(victim.get(link).status()).isNotEqualTo(200);
        assertThat(victim.get("/home/account/sign-in").body()).doesNotContain("attacker-two");
    }

    /** The browser changed hands between the form and the callback. */
    @Test
    void aLinkThatSomebodyElseBeganInThisBrowserIsRefused() {
        TestBrowser browser = dance.browser();
        dance.through(browser, ATTACKER, TO_GITHUB);
        String forged =
                dance.agreed(
                        dance.begin(browser, "/home/account/identities/github/link"),
                        new Account(4, "attacker-three", null, false));
        String link = control.bean(SignInLinks.class).make(victim()).getPath();
        browser.post("/login", "token", link.substring("/login/".length()));

        Answer linked = browser.get(forged);

        assertThat(linked.header("Location")).isEqualTo(STATE);
        assertThat(browser.get("/home/account/sign-in").body()).doesNotContain("attacker-three");
    }

    @Test
    void everyFormOfThePagesIsRefusedWithoutItsToken() {
        TestBrowser victim = dance.browser();
        dance.through(victim, VICTIM, TO_GITHUB);
        List<String> taken = new ArrayList<>();
        int walked = 0;
        for (var entry :
                control.bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()) {
            if (!entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                continue;
            }
            for (String pattern : entry.getKey().getPatternValues()) {
                if (!pattern.startsWith("/api/") && !pattern.startsWith("/agent/")) {
                    String path = filled(pattern);
                    walked++;
                    int signedIn = victim.postForged(path).status();
                    int stranger = dance.browser().postForged(path).status();
                    if (signedIn != 403 || stranger != 403) {
                        taken.add(path + " " + signedIn + " " + stranger);
                    }
                }
            }
        }

        assertThat(taken).isEmpty();
        assertThat(walked).isGreaterThan(30);
        assertThat(victim.postForged("/logout").status()).isEqualTo(403);
        assertThat(victim.get("/home/account").status()).isEqualTo(200);
    }

    private static String filled(String pattern) {
        return pattern.replaceAll("\\{team[^/]*}", "home")
                .replaceAll("\\{provider[^/]*}", "github")
                .replaceAll("\\{[^/]*}", "x");
    }

    private static String victim() {
        return control.get("/api/v1/teams/home/members")
                .json()
                .get("items")
                .valueStream()
                .filter(member -> member.get("name").asString().equals("victim"))
                .map(member -> member.get("person").asString())
                .findFirst()
                .orElseThrow();
    }
}
