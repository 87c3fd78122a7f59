package dev.escale.testkit.stack;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.escale.testkit.control.ControlProcess;

/** Ways through the dashboard that several stories take. */
public final class Dashboard {
    private Dashboard() {}

    /**
     * By the one-time link. It opens a page with one button, so that no mail scanner uses it up.
     */
    public static void signIn(Page page, ControlProcess control) {
        page.navigate(control.signInLink());
        Locator button = page.locator("main form button[type=submit]").first();
        if (button.count() > 0) {
            button.click();
        }
        page.waitForURL(url -> !url.contains("/login/"));
    }

    public static String server(ControlProcess control, String id) {
        return team(control) + "/servers/" + id;
    }

    public static String app(ControlProcess control, App app) {
        return team(control) + "/apps/" + app.id();
    }

    public static String deployment(ControlProcess control, App app, String deployment) {
        return app(control, app) + "/deployments/" + deployment;
    }

    /** URL of the team's own pages. */
    public static String team(ControlProcess control) {
        return control.url() + "/" + control.api().get("me").at("team").text("slug");
    }
}
