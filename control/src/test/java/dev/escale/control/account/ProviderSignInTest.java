package dev.escale.control.account;

import static dev.escale.control.account.ProviderDance.TO_GITHUB;
import static dev.escale.control.db.schema.Tables.IDENTITY;
import static dev.escale.control.db.schema.Tables.PASSKEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.MovedClock;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import dev.escale.control.provider.FakeProvider.Spoiled;
import dev.escale.control.provider.ProviderException;
import dev.escale.control.provider.ProviderToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** In by an account at GitHub or GitLab, and what becomes of it. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class ProviderSignInTest {
    private static MovedClock clock;
    private static RunningControl control;
    private static FakeProvider provider;
    private static ProviderDance dance;
    private static int people;

    @Parameter TestDatabase.Kind kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        provider = FakeProvider.start();
        clock = new MovedClock();
        control = RunningControl.start(kind, provider.settings(false), clock);
        dance = new ProviderDance(control, provider);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
        provider.close();
    }

    @AfterEach
    void answerAsUsualAgain() {
        provider.spoil(null);
    }

    @Test
    void anInvitationIsAcceptedWithAnIdentityThatLetsInFromThenOn() {
        Account ann = somebody("ann");
        TestBrowser browser = dance.browser();

        Answer joined = dance.join(browser, ann);
        Answer back = dance.through(dance.browser(), ann, TO_GITHUB, "next", "/home/servers");

        assertThat(joined.header("Location")).isEqualTo("/home/apps");
        assertThat(back.header("Location")).isEqualTo("/home/servers");
        JsonNode entry = newestEntry();
        assertThat(entry.get("action").asString()).isEqualTo("session.create");
        assertThat(entry.get("actor").get("name").asString()).isEqualTo(ann.login());
        assertThat(entry.get("detail").toString()).contains(ann.login() + " (GitHub)");
        JsonNode identity = identities(browser).get(0);
        assertThat(identity.get("provider").asString()).isEqualTo("github");
        assertThat(identity.get("email").asString()).isEqualTo(ann.email());
    }

    @Test
    void theTokenOfTheProviderIsKeptForThePersonAloneAndOnlySealed() {
        Account bea = somebody("bea");
        dance.join(dance.browser(), bea);

        Identity identity = identity(bea);
        ProviderToken token = control.bean(Identities.class).token(identity).orElseThrow();
        byte[] stored =
                control.bean(Database.class)
                        .systemRead(
                                tx ->
                                        tx.select(IDENTITY.SEALED)
                                                .from(IDENTITY)
                                                .where(IDENTITY.ID.eq(identity.id()))
                                                .fetchSingle(IDENTITY.SEALED));

        assertThat(token.access()).isEqualTo("provider-token-of-" + bea.login());
        assertThat(token.refresh()).isEqualTo("refresh-of-" + bea.login());
        assertThat(token.expiresAt()).isNotNull();
        assertThat(token.toString()).doesNotContain("provider-token");
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("token-of");
    }

    @Test
    void onePersonLinksASecondIdentityAndUnlinksEitherButNotBoth() {
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("cleo"));
        Account second = somebody("cleo-at-work");

        Answer linked = dance.through(browser, second, "/home/account/identities/gitlab/link");
        String token = browser.token("home");
        JsonNode both = identities(browser);
        Answer one = delete(token, both.get(0));
        Answer last = delete(token, both.get(1));

        assertThat(linked.header("Location")).isEqualTo("/home/account/sign-in");
        assertThat(both).hasSize(2);
        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(one.json().get("tokenEnded").asBoolean()).isTrue();
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.json().get("code").asString()).isEqualTo("identity.lastWayIn");
        assertThat(dance.through(dance.browser(), second, "/login/gitlab").header("Location"))
                .isEqualTo("/");
        assertThat(newestEntry().get("action").asString()).isEqualTo("session.create");
    }

    @Test
    void aTokenThatHasExpiredIsRefreshedWhenItIsUsedAndKeptSealed() {
        Account lea = somebody("lea");
        dance.join(dance.browser(), lea);
        Identity identity = identity(lea);
        ProviderTokens tokens = control.bean(ProviderTokens.class);

        ProviderToken first = tokens.valid(identity);
        clock.move(Duration.ofHours(2));
        ProviderToken second = tokens.valid(identity);
        ProviderToken again = tokens.valid(identity);

        assertThat(first.access()).isEqualTo("provider-token-of-" + lea.login());
        assertThat(second.access()).isNotEqualTo(first.access()).contains(lea.login());
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(second.expiresAt()).isAfter(clock.instant());
        assertThat(again).isEqualTo(second);
        assertThat(control.bean(Identities.class).token(identity)).contains(second);
    }

    @Test
    void aTokenThatIsRefusedAtItsRefreshStaysAsItIs() {
        Account liv = somebody("liv");
        dance.join(dance.browser(), liv);
        Identity identity = identity(liv);
        ProviderTokens tokens = control.bean(ProviderTokens.class);
        ProviderToken before = tokens.valid(identity);
        clock.move(Duration.ofHours(2));
        provider.spoil(new Spoiled(200, "{\"error\":\"invalid_grant\"}"));

        assertThatThrownBy(() -> tokens.valid(identity)).isInstanceOf(ProviderException.class);
        assertThat(control.bean(Identities.class).token(identity)).contains(before);
        provider.spoil(null);
        assertThat(tokens.valid(identity).access()).isNotEqualTo(before.access());
    }

    @ParameterizedTest
    @CsvSource({"github, provider-token-of-", "gitlab, refresh-of-"})
    void unlinkingEndsTheTokenAtTheProvider(String which, String ended) {
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("mia"));
        Account second = somebody("mia-at-" + which);
        dance.through(browser, second, "/home/account/identities/" + which + "/link");

        Answer page = unlinkOnPage(browser, second);

        assertThat(page.header("Location")).isEqualTo("/home/account/sign-in");
        assertThat(provider.revoked()).contains(ended + second.login());
        assertThat(newestEntry("identity.unlink").get("detail").toString())
                .contains("\"tokenEnded\":\"true\"");
    }

    @Test
    void anExpiredTokenIsRefreshedSoThatItCanBeEnded() {
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("nat"));
        Account second = somebody("nat-at-work");
        dance.through(browser, second, "/home/account/identities/github/link");
        clock.move(Duration.ofHours(3));

        unlinkOnPage(browser, second);

        assertThat(provider.revoked())
                .anyMatch(each -> each.startsWith("provider-token-of-" + second.login() + "-"));
    }

    @ParameterizedTest
    @CsvSource({"github, Authorized OAuth Apps", "gitlab, Authorized applications"})
    void aProviderThatIsDownKeepsNobodyFromUnlinkingAndThePageSaysSo(String which, String where) {
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("ola"));
        Account second = somebody("ola-at-" + which);
        dance.through(browser, second, "/home/account/identities/" + which + "/link");
        provider.spoil(new Spoiled(503, "{}"));

        Answer unlinked = unlinkOnPage(browser, second);
        Answer page = browser.get(unlinked.header("Location"), "en");

        assertThat(unlinked.header("Location")).isEqualTo("/home/account/sign-in?kept=" + which);
        assertThat(page.body()).contains("did not confirm it", where);
        assertThat(page.body()).doesNotContain(second.login());
        assertThat(newestEntry("identity.unlink").get("detail").toString())
                .contains("\"tokenEnded\":\"false\"");
    }

    @Test
    void aPasskeyForAnotherHostIsNoWayInBesideAnIdentity() {
        TestBrowser browser = dance.browser();
        Account pia = somebody("pia");
        dance.join(browser, pia);
        Identity identity = identity(pia);
        var credential = new PasskeyCredential("cred-" + kind, new byte[] {1}, 0, false);
        Passkey passkey =
                control.bean(Passkeys.class).add(identity.person(), "old phone", credential);
        host(passkey, "old.example");
        String token = browser.token("home");

        Answer refused = delete(token, identities(browser).get(0));
        host(passkey, "localhost");
        Answer unlinked = delete(token, identities(browser).get(0));

        assertThat(refused.json().get("code").asString()).isEqualTo("identity.lastWayIn");
        assertThat(unlinked.status()).isEqualTo(200);
    }

    private static void host(Passkey passkey, String host) {
        control.bean(Database.class)
                .system(
                        tx ->
                                tx.update(PASSKEY)
                                        .set(PASSKEY.HOST, host)
                                        .where(PASSKEY.ID.eq(passkey.id()))
                                        .execute());
    }

    private static Answer unlinkOnPage(TestBrowser browser, Account account) {
        for (JsonNode each : identities(browser)) {
            if (each.get("login").asString().equals(account.login())) {
                return browser.post(
                        "/home/account/identities/" + each.get("id").asString() + "/unlink");
            }
        }
        throw new AssertionError("no identity " + account.login());
    }

    @Test
    void thePageUnlinksAndSaysWhyItDoesNot() {
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("dora"));
        String only = identities(browser).get(0).get("id").asString();

        Answer page = browser.get("/home/account/sign-in", "fr");
        Answer refused = browser.post("/home/account/identities/" + only + "/unlink");

        assertThat(page.body()).contains("Associer GitHub", "Dissocier", "dora");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("your last way in", "Link another account or add");
    }

    @Test
    void anIdentityThatLetsSomebodyInIsNotLinkedToAnother() {
        Account taken = somebody("emma");
        dance.join(dance.browser(), taken);
        TestBrowser browser = dance.browser();
        dance.join(browser, somebody("fay"));

        Answer again = dance.through(browser, taken, "/home/account/identities/github/link");

        assertThat(again.header("Location")).isEqualTo("/login/github/refused/identity.taken");
        assertThat(browser.get(again.header("Location")).status()).isEqualTo(409);
        assertThat(identities(browser)).hasSize(1);
        assertThat(newestEntry("identity.link").get("outcome").asString())
                .isEqualTo("identity.taken");
    }

    @Test
    void anInvitationForAnAddressTakesAnAccountThatHasItVerified() {
        Account other = somebody("gwen");
        Account unverified = new Account(other.id() + 1000, "gwen-x", other.email(), false);
        String invitation = dance.invitation(other.email());

        Answer refused = dance.through(dance.browser(), unverified, invitation + "/github");
        Answer page = dance.browser().get(refused.header("Location"), "en");
        JsonNode entry = newestEntry("member.join");
        Answer joined = dance.through(dance.browser(), other, invitation + "/gitlab");
        Answer late = dance.through(dance.browser(), somebody("late"), invitation + "/github");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("has not verified", "The invitation has not been used up");
        assertThat(entry.get("phase").asString()).isEqualTo("refused");
        assertThat(entry.get("outcome").asString()).isEqualTo("invitation.otherAddress");
        assertThat(joined.header("Location")).isEqualTo("/home/apps");
        assertThat(refused.header("Location")).isEqualTo(invitation + "?unverified=github");
        assertThat(late.header("Location")).isEqualTo(invitation);
        assertThat(dance.browser().get(invitation).status()).isEqualTo(410);
    }

    @Test
    void whoBelongsAlreadyIsLetInAndTheInvitationStaysForAnother() {
        Account hope = somebody("hope");
        dance.join(dance.browser(), hope);
        String invitation = dance.invitation("");

        Answer again = dance.through(dance.browser(), hope, invitation + "/github");

        assertThat(again.header("Location")).isEqualTo("/home/apps");
        assertThat(dance.browser().get(invitation).status()).isEqualTo(200);
    }

    @Test
    void theSameAddressJoinsNobodyToAnAccount() {
        Account known = somebody("iris");
        dance.join(dance.browser(), known);
        Account other = new Account(known.id() + 1000, "not-iris", known.email(), true);

        Answer refused = dance.through(dance.browser(), other, TO_GITHUB);
        Answer atGitLab = dance.through(dance.browser(), known, "/login/gitlab");
        Answer page = dance.browser().get(refused.header("Location"));

        assertThat(refused.header("Location"))
                .isEqualTo("/login/github/refused/signIn.unknownPerson");
        assertThat(atGitLab.header("Location"))
                .isEqualTo("/login/gitlab/refused/signIn.unknownPerson");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("The same e-mail address is not enough");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {}                    | signIn.providerSilent   | 504",
                "200 | <html>hello</html>    | signIn.providerNonsense | 502",
                "200 | {}                    | signIn.providerNonsense | 502",
                "200 | []                    | signIn.providerNonsense | 502",
                "200 | {\"error\":\"<b>x\"}  | signIn.providerRefused  | 502",
                "401 | {\"error\":\"x\"}     | signIn.providerRefused  | 502",
            })
    void aProviderThatDoesNotDoItsPartEndsOnAPage(int status, String body, String code, int shown) {
        TestBrowser browser = dance.browser();
        URI consent = dance.begin(browser, TO_GITHUB);
        provider.spoil(new Spoiled(status, body));

        Answer refused = browser.get(dance.agreed(consent, somebody("kim")));
        Answer english = browser.get(refused.header("Location"), "en");
        Answer french = browser.get(refused.header("Location"), "fr");

        assertThat(refused.header("Location")).endsWith("/refused/" + code);
        assertThat(english.status()).isEqualTo(shown);
        assertThat(english.body()).contains("GitHub", "Back to the sign-in page");
        assertThat(french.body()).contains("GitHub", "Revenir à la page de connexion");
        assertThat(english.body()).doesNotContain("<b>x", "hello");
    }

    @Test
    void whoDoesNotAgreeReadsWhatToDoAndNothingOfTheProvidersOwnWords() {
        TestBrowser browser = dance.browser();
        URI consent = dance.begin(browser, TO_GITHUB);
        String denied =
                ProviderDance.callback(consent, "error", "access_denied")
                        + "&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E";

        Answer refused = browser.get(denied);
        Answer page = browser.get(refused.header("Location"));

        assertThat(refused.header("Location")).isEqualTo("/login/github/refused/signIn.denied");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("you did not agree").doesNotContain("alert(1)");
    }

    @Test
    void onlyRefusalsThatThereAreHaveAPage() {
        TestBrowser browser = dance.browser();

        assertThat(browser.get("/login/github/refused/Your%20account%20is%20hacked").status())
                .isEqualTo(404);
        assertThat(browser.get("/login/github/refused/app.unknown").status()).isEqualTo(404);
        assertThat(browser.get("/login/github").header("Location")).isEqualTo("/login");
        assertThat(browser.get("/login").body())
                .contains("Continue with GitHub", "Continue with GitLab");
    }

    private static Account somebody(String login) {
        int id = ++people;
        return new Account(id, login + id, login + id + "@example.com", true);
    }

    private static Identity identity(Account account) {
        Database database = control.bean(Database.class);
        String person =
                database.systemRead(
                        tx ->
                                tx.select(IDENTITY.PERSON)
                                        .from(IDENTITY)
                                        .where(IDENTITY.LOGIN.eq(account.login()))
                                        .fetchSingle(IDENTITY.PERSON));
        return control.bean(Identities.class).all(person).getFirst();
    }

    private static JsonNode identities(TestBrowser browser) {
        return control.send(
                        control.request("/api/v1/me/identities")
                                .header("Authorization", "Bearer " + browser.token("home")))
                .json()
                .get("items");
    }

    private static Answer delete(String token, JsonNode identity) {
        return control.send(
                control.request("/api/v1/me/identities/" + identity.get("id").asString())
                        .header("Authorization", "Bearer " + token)
                        .DELETE());
    }

    private static JsonNode newestEntry() {
        return control.get("/api/v1/audit").json().get("items").get(0);
    }

    private static JsonNode newestEntry(String action) {
        for (JsonNode entry : control.get("/api/v1/audit").json().get("items")) {
            if (entry.get("action").asString().equals(action)) {
                return entry;
            }
        }
        throw new AssertionError("nothing of " + action);
    }
}
