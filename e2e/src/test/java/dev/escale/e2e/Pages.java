package dev.escale.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.escale.testkit.control.ControlProcess;
import java.time.Duration;

/** Ways through the dashboard that several stories take. */
final class Pages {
    private Pages() {}

    /** The one-time link shows a page with one button, so that a mail scanner cannot use it up. */
    static void confirmSignIn(Page page) {
        Locator button = page.locator("main form button[type=submit]").first();
        if (button.count() > 0) {
            button.click();
        }
        page.waitForURL(url -> !url.contains("/login/"));
    }

    static String team(ControlProcess control) {
        return "/" + control.api().get("me").at("team").text("slug");
    }

    static String server(ControlProcess control, String id) {
        return team(control) + "/servers/" + id;
    }

    static Locator.WaitForOptions within(Duration limit) {
        return new Locator.WaitForOptions()
                .setState(WaitForSelectorState.VISIBLE)
                .setTimeout(limit.toMillis());
    }
}
