package dev.escale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.browser.Axe;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.Dashboard;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The dashboard in a real browser: live, without barriers, by keyboard, under its strict policy.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PagesStory {
    private static final Duration LIVE = Duration.ofSeconds(60);

    @Test
    void pagesFollowAPushLiveAndHaveNoBarriersInEitherThemeOrLanguage() {
        try (LocalStack stack = LocalStack.onSqlite();
                Chromium chromium = Chromium.trusting(stack.control().root())) {
            App app = stack.app("pages");
            try (Visit visit = chromium.visit("en-GB", ColorScheme.DARK)) {
                Dashboard.signIn(visit.page(), stack.control());
                showsThePushByItself(stack, app, visit.page());
                assertThat(visit.complaints()).isEmpty();

                var barriers = new ArrayList<String>();
                List<String> pages = SiteMap.of(visit.page(), stack.control().url());
                assertThat(pages.toString()).contains("/servers", "/apps", "/deployments/");
                String session = visit.state();
                for (String language : List.of("en-GB", "fr-FR")) {
                    for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                        try (Visit other = chromium.visit(language, theme, session)) {
                            barriers.addAll(inspect(other, pages, language, theme));
                        }
                    }
                }
                assertThat(barriers).isEmpty();
            }
        }
    }

    private static void showsThePushByItself(LocalStack stack, App app, Page page) {
        page.navigate(Dashboard.app(stack.control(), app));
        SampleApp.builds(
                app.repo(),
                "release one",
                "console.log('the sails are set'); setTimeout(() => {}, 4000)");
        app.repo().commit("Set the sails");
        try (Running push = app.repo().pushInBackground(stack.folder().resolve("pages.log"))) {
            String id =
                    Wait.until(
                            "the deployment",
                            LIVE,
                            () ->
                                    app.deployments().stream()
                                            .findFirst()
                                            .map(d -> d.text("id"))
                                            .orElse(null));
            assertThat(page.getByText("Set the sails").first())
                    .isVisible(within(Duration.ofSeconds(10)));

            page.navigate(Dashboard.deployment(stack.control(), app, id));
            assertThat(page.getByText("the sails are set").first()).isVisible(within(LIVE));
            app.await(id, "live");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)).first())
                    .isVisible(within(Duration.ofSeconds(5)));
            assertThat(
                            page.locator(
                                            "a[href='"
                                                    + app.url()
                                                    + "'], a[href='"
                                                    + app.url()
                                                    + "/']")
                                    .first())
                    .isVisible(within(Duration.ofSeconds(5)));
            Wait.until("the push to end", LIVE, () -> !push.alive());
        }
    }

    private static List<String> inspect(
            Visit visit, List<String> pages, String language, ColorScheme theme) {
        Axe axe = Axe.load();
        var found = new ArrayList<String>();
        for (String url : pages) {
            String where =
                    url.replaceFirst("https://[^/]+", "") + " " + language + " " + theme + ": ";
            visit.page().navigate(url);
            if (!language.startsWith(visit.page().getAttribute("html", "lang"))) {
                found.add(where + "lang is " + visit.page().getAttribute("html", "lang"));
            }
            axe.violations(visit.page()).forEach(line -> found.add(where + line));
            if (language.startsWith("en")) {
                Keyboard.barriers(visit.page()).forEach(line -> found.add(where + line));
                visit.page().navigate(url);
            }
            visit.page().setViewportSize(Phone.WIDTH, Phone.HEIGHT);
            Phone.sticksOut(visit.page()).forEach(line -> found.add(where + "wide: " + line));
            visit.page().setViewportSize(1280, 900);
        }
        visit.complaints().forEach(line -> found.add(language + " " + theme + " console: " + line));
        return found;
    }

    private static LocatorAssertions.IsVisibleOptions within(Duration limit) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(limit.toMillis());
    }
}
