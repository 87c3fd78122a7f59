package dev.escale.control.account;

import static dev.escale.control.account.ProviderDance.TO_GITHUB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the operator lets people begin by themselves. */
class SignUpTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void whoComesWithoutAnInvitationBeginsATeamOfTheirOwn(TestDatabase.Kind kind) {
        try (FakeProvider provider = FakeProvider.start();
                RunningControl control = RunningControl.start(kind, provider.settings(true))) {
            var dance = new ProviderDance(control, provider);
            TestBrowser ann = dance.browser();
            TestBrowser other = dance.browser();
            TestBrowser reserved = dance.browser();

            Answer begun =
                    dance.through(ann, new Account(1, "ann", "ann@example.com", true), TO_GITHUB);
            dance.through(other, new Account(1, "ann", "ann@example.com", true), "/login/gitlab");
            dance.through(reserved, new Account(3, "api", null, false), TO_GITHUB);

            assertThat(begun.header("Location")).isEqualTo("/");
            assertThat(ann.get("/").header("Location")).isEqualTo("/ann/apps");
            assertThat(ann.get("/ann/activity").body()).contains("ann");
            assertThat(ann.get("/home/apps").status()).isEqualTo(404);
            assertThat(other.get("/").header("Location")).matches("/ann-[a-z2-7]{6}/apps");
            assertThat(reserved.get("/").header("Location")).matches("/api-[a-z2-7]{6}/apps");
            assertThat(ann.token("ann")).startsWith("esc_");
        }
    }

    @Test
    void nothingIsOfferedThatIsNotSetUp() {
        try (RunningControl control = RunningControl.start(TestDatabase.Kind.SQLITE)) {
            TestBrowser browser = new TestBrowser(control);

            assertThat(browser.get("/login").body()).doesNotContain("GitHub", "GitLab");
            Answer begun = browser.post(TO_GITHUB);
            assertThat(begun.status()).isEqualTo(404);
            assertThat(begun.body()).contains("Nobody signs in with GitHub here");
        }
    }
}
