package dev.escale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.control.Postgres;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.Dashboard;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes down and comes back under open pages and running deployments. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartStory {
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final String DIFFERENT_IDS = "lines => new Set(lines.map(line => line.id)).size";

    @Test
    void openPagesShowWhatHappenedWhileTheControlPlaneWasDown() {
        try (LocalStack stack = LocalStack.onSqlite();
                Chromium chromium = Chromium.trusting(stack.control().root());
                Visit visit = chromium.visit("en", ColorScheme.DARK)) {
            App app = stack.app("pages");
            app.goLive("release one");
            app.awaitSettled();
            Dashboard.signIn(visit.page(), stack.control());

            deploymentPageComesUpToDate(stack, app, visit.page());
            serverPageComesUpToDate(stack, visit.page());
        }
    }

    @Test
    void restartOfPostgresDuringADeploymentLosesNothing() {
        try (LocalStack stack = LocalStack.onPostgres()) {
            Postgres postgres = stack.postgres().orElseThrow();
            App app = stack.app("shop");
            app.goLive("release one");
            app.awaitSettled();

            try (Running push = pushSlowly(stack, app, "release two")) {
                postgres.stopServer();
                assertThat(app.fetchText()).isEqualTo("release one");
                openGate(stack, app, "release two");
                postgres.startServer();

                app.awaitStatus("live");
                assertThat(app.fetchText()).isEqualTo("release two");
                assertThat(push.pid()).isPositive();
            }
            Json settled = app.awaitSettled();
            assertThat(app.log(settled.text("id"))).contains("first line", "last line");
            assertThat(app.deployments()).hasSize(2);

            app.goLive("release three");
            assertThat(app.fetchText()).isEqualTo("release three");
        }
    }

    private static void deploymentPageComesUpToDate(LocalStack stack, App app, Page page) {
        try (Running push = pushSlowly(stack, app, "release two")) {
            String id = app.latest().text("id");
            page.navigate(Dashboard.deployment(stack.control(), app, id));
            assertThat(page.getByText("first line").first()).isVisible(within(BACK));

            stack.control().crash();
            openGate(stack, app, "release two");
            stack.control().startAgain();

            app.await(id, "live");
            assertThat(page.getByText("last line").first()).isVisible(within(BACK));
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)).first())
                    .isVisible(within(BACK));
            assertThat(page.locator("#output li").count())
                    .as("no line comes twice")
                    .isEqualTo(page.locator("#output li[id]").evaluateAll(DIFFERENT_IDS));
            assertThat(push.pid()).isPositive();
        }
        app.awaitSettled();
    }

    private static void serverPageComesUpToDate(LocalStack stack, Page page) {
        page.navigate(Dashboard.server(stack.control(), stack.agent().server()));
        assertThat(page.getByText("Online").first()).isVisible(within(BACK));

        stack.agent().crash();
        assertThat(page.getByText("Online").first()).not().isVisible(within(BACK));

        stack.control().crash();
        stack.agent().startAgain();
        stack.control().startAgain();
        stack.agent().awaitOnline();
        assertThat(page.getByText("Online").first()).isVisible(within(BACK));
    }

    /** Its build prints a line, waits for the gate, and prints another. */
    private static Running pushSlowly(LocalStack stack, App app, String text) {
        SampleApp.builds(
                app.repo(),
                text,
                """
                console.log('first line');
                setInterval(() => {
                  if (!require('node:fs').existsSync('%s')) return;
                  console.log('last line');
                  process.exit();
                }, 50);
                """
                        .formatted(gate(stack)));
        app.repo().commit("Say " + text);
        Running push = app.repo().pushInBackground(stack.folder().resolve("push.log"));
        Wait.until(
                "the build to run",
                BACK,
                () -> app.log(app.latest().text("id")).contains("first line"));
        return push;
    }

    /** The server finishes by itself what it has begun, whoever is down. */
    private static void openGate(LocalStack stack, App app, String text) {
        try {
            Files.writeString(gate(stack), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until(text + " to serve", BACK, () -> app.fetchText().equals(text));
    }

    private static Path gate(LocalStack stack) {
        return stack.folder().resolve("gate");
    }

    private static LocatorAssertions.IsVisibleOptions within(Duration limit) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(limit.toMillis());
    }
}
