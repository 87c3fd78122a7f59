package dev.escale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.browser.Axe;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.forge.GitHub;
import dev.escale.testkit.forge.GitLab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody with a browser, GitHub and GitLab, from the invitation on. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SignInStory {

    @Test
    void whoIsInvitedComesInByGitHubAndLaterByGitLabAndReadsWhatToDoWhenTheyCannot() {
        try (Workplace workplace = Workplace.fresh()) {
            var plain = ControlSettings.local(workplace.folder().resolve("control"));
            try (GitHub gitHub = GitHub.start(workplace.folder(), plain.url(), "ann", "bob");
                    GitLab gitLab = GitLab.start(workplace.folder());
                    ControlProcess control =
                            ControlProcess.start(gitLab.setUp(gitHub.setUp(plain)));
                    Chromium chromium = Chromium.trusting(control.root());
                    Visit visit = chromium.visit("en-GB", ColorScheme.DARK)) {
                acceptsTheInvitation(visit.page(), control, gitHub);
                linksAnotherIdentity(visit.page(), gitLab);
                comesInByIt(visit.page(), control);
                cannotUnlinkTheLast(visit.page(), control);
                readsWhatToDo(visit.page(), control, gitLab);
                assertThat(visit.complaints())
                        .allMatch(line -> line.contains(" 40") || line.contains(" 50"));
                hasNoBarriers(chromium, control);
            }
        }
    }

    private static void acceptsTheInvitation(Page page, ControlProcess control, GitHub gitHub) {
        String invitation =
                control.api()
                        .post(
                                "teams/home/invitations",
                                Map.of(
                                        "email",
                                        "ann@example.com",
                                        "grants",
                                        List.of(Map.of("role", "developer"))))
                        .text("link");

        page.navigate(invitation);
        click(page, "Continue with GitHub");
        gitHub.agree(page, "bob");
        assertThat(page.getByText("has not verified")).isVisible();

        page.navigate(invitation);
        click(page, "Continue with GitHub");
        gitHub.agree(page, "ann");
        assertThat(page).hasURL(control.url() + "/home/apps");
    }

    private static void linksAnotherIdentity(Page page, GitLab gitLab) {
        gitLab.signedIn(4711, "ann-at-work", true);
        account(page);
        click(page, "Link GitLab");

        assertThat(page.getByText("ann-at-work").first()).isVisible();
        assertThat(page.getByText("ann@example.com").first()).isVisible();
    }

    private static void comesInByIt(Page page, ControlProcess control) {
        signOut(page);
        page.navigate(control.url() + "/home/account/sign-in");
        click(page, "Continue with GitLab");

        assertThat(page).hasURL(control.url() + "/home/account/sign-in");
        assertThat(page.getByText("ann-at-work").first()).isVisible();
    }

    private static void cannotUnlinkTheLast(Page page, ControlProcess control) {
        click(page, "Unlink ann");
        assertThat(page.locator("#identities")).isVisible();
        assertThat(page.getByText("ann-at-work").first()).isVisible();
        click(page, "Unlink ann-at-work");
        assertThat(page.getByText("your last way in")).isVisible();
        page.navigate(control.url() + "/home/account/sign-in");
        assertThat(page.getByText("ann-at-work").first()).isVisible();
    }

    private static void readsWhatToDo(Page page, ControlProcess control, GitLab gitLab) {
        signOut(page);
        gitLab.deny();
        page.navigate(control.url() + "/login");
        click(page, "Continue with GitLab");
        assertThat(page.getByText("you did not agree")).isVisible();

        gitLab.signedIn(4712, "nobody", true);
        click(page, "Back to the sign-in page");
        click(page, "Continue with GitLab");
        assertThat(page.getByText("Nobody comes in by this GitLab account")).isVisible();

        gitLab.dieWhenAsked();
        click(page, "Back to the sign-in page");
        click(page, "Continue with GitLab");
        assertThat(page.getByText("could not be reached")).isVisible();
    }

    private static void hasNoBarriers(Chromium chromium, ControlProcess control) {
        Axe axe = Axe.load();
        var barriers = new ArrayList<String>();
        for (String language : List.of("en-GB", "fr-FR")) {
            for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                try (Visit visit = chromium.visit(language, theme)) {
                    for (String path :
                            List.of("/login", "/login/github/refused/signIn.providerSilent")) {
                        visit.page().navigate(control.url() + path);
                        barriers.addAll(axe.violations(visit.page()));
                    }
                }
            }
        }
        assertThat(barriers).isEmpty();
    }

    private static void account(Page page) {
        page.navigate(page.url().replaceFirst("/home/.*", "/home/account/sign-in"));
    }

    private static void signOut(Page page) {
        page.locator("form[action='/logout']").first().evaluate("form => form.requestSubmit()");
        page.waitForURL(url -> url.contains("/login"));
    }

    /** A button or link by the beginning of its name. */
    private static void click(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .or(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)))
                .first()
                .click();
    }
}
