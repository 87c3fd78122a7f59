package dev.escale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.stack.Dashboard;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A passkey in a real browser, with Chromium's virtual authenticator. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class PasskeyStory {
    private static final Pattern APPS = Pattern.compile(".*/apps");

    @Test
    void aPasskeyIsMadeSignsInAndIsRemovedAndACancelledOneSaysWhatToDo() {
        try (Workplace workplace = Workplace.fresh();
                ControlProcess control =
                        ControlProcess.start(
                                ControlSettings.local(workplace.folder().resolve("control")));
                Chromium chromium = Chromium.trusting(control.root());
                Visit visit = chromium.visit("en-GB", ColorScheme.DARK)) {
            Page page = visit.page();
            CDPSession devtools = page.context().newCDPSession(page);
            devtools.send("WebAuthn.enable");
            Dashboard.signIn(page, control);

            page.navigate(Dashboard.team(control) + "/account/sign-in");
            String authenticator = plugIn(devtools);
            confirms(devtools, authenticator, false);
            press(page, "Add a passkey");
            assertThat(says(page)).containsText("No passkey was made");

            confirms(devtools, authenticator, true);
            page.getByLabel("Name").fill("laptop");
            press(page, "Add a passkey");
            assertThat(page.getByRole(AriaRole.ROWHEADER, named("laptop"))).isVisible();
            press(page, "Add a passkey");
            assertThat(says(page)).containsText("has a passkey of yours");

            signOut(page);
            confirms(devtools, authenticator, false);
            press(page, "Sign in with a passkey");
            assertThat(says(page)).containsText("No passkey was shown");
            confirms(devtools, authenticator, true);
            press(page, "Sign in with a passkey");
            page.waitForURL(APPS);

            page.navigate(Dashboard.team(control) + "/account/sign-in");
            page.getByRole(AriaRole.LINK, named("Rename laptop")).click();
            page.getByLabel("Name").fill("desk");
            press(page, "Rename");
            assertThat(page.getByRole(AriaRole.ROWHEADER, named("desk"))).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Remove desk")).click();
            assertThat(page.getByText("You have no passkey yet")).isVisible();

            signOut(page);
            press(page, "Sign in with a passkey");
            assertThat(page.getByRole(AriaRole.HEADING, named("This passkey opens nothing")))
                    .isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, named(button).setExact(true)).click();
    }

    private static void signOut(Page page) {
        page.locator("button.me").click();
        press(page, "Sign out");
        assertThat(page.getByRole(AriaRole.HEADING, named("You are signed out"))).isVisible();
    }

    private static Locator says(Page page) {
        return page.locator("[data-passkey-says]");
    }

    private static String plugIn(CDPSession devtools) {
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var added = new JsonObject();
        added.add("options", options);
        return devtools.send("WebAuthn.addVirtualAuthenticator", added)
                .get("authenticatorId")
                .getAsString();
    }

    /** Whether the person at the device confirms what is asked. */
    private static void confirms(CDPSession devtools, String authenticator, boolean confirms) {
        var verified = new JsonObject();
        verified.addProperty("authenticatorId", authenticator);
        verified.addProperty("isUserVerified", confirms);
        devtools.send("WebAuthn.setUserVerified", verified);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
