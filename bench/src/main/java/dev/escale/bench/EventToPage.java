package dev.escale.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.Dashboard;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * From an event on the server to the open page: a build prints the time, and Chromium notes when
 * that line stands on the deployment's page. Everything lies between: agent, outbox, TLS, database,
 * event, rendering, WebSocket.
 */
final class EventToPage implements Benchmark {
    private static final int LINES = 200;
    private static final String OBSERVE =
            """
            () => {
              window.lags = [];
              const seen = new Set();
              const look = () => {
                const now = Date.now();
                for (const [, t] of document.body.textContent.matchAll(/event-at=(\\d+);/g)) {
                  if (!seen.has(t)) { seen.add(t); window.lags.push(now - Number(t)); }
                }
              };
              look();
              window.early = window.lags.length;
              window.lags = [];
              new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
            }
            """;

    @Override
    public String name() {
        return "event-to-page";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (LocalStack stack = LocalStack.onSqlite();
                Chromium chromium = Chromium.trusting(stack.control().root());
                Visit visit = chromium.visit("en", ColorScheme.DARK)) {
            App app = stack.app("events");
            SampleApp.builds(
                    app.repo(),
                    "release 1",
                    "let n = 0; setTimeout(() => { const t = setInterval(() => {"
                            + " console.log('event-at=' + Date.now() + ';'); if (++n === "
                            + LINES
                            + ") clearInterval(t); }, 100); }, 3000)");
            app.repo().commit("Print the time");
            Page page = visit.page();
            Dashboard.signIn(page, stack.control());
            try (Running push = app.repo().pushInBackground(stack.folder().resolve("events.log"))) {
                String id =
                        Wait.until(
                                "the deployment",
                                Duration.ofSeconds(30),
                                () ->
                                        app.deployments().stream()
                                                .findFirst()
                                                .map(d -> d.text("id"))
                                                .orElse(null));
                page.navigate(Dashboard.deployment(stack.control(), app, id));
                page.evaluate(OBSERVE);
                app.await(id, "live");
                push.close();
            }
            // A page that lost a line would look fast.
            page.waitForFunction("lines => window.early + window.lags.length === lines", LINES);
            return figures(lags(page));
        }
    }

    private static Times lags(Page page) {
        Object seen = page.evaluate("() => window.lags");
        return new Times(
                seen instanceof List<?> list
                        ? list.stream().map(lag -> Double.valueOf(lag.toString())).toList()
                        : List.of());
    }

    private static List<Figure> figures(Times lags) {
        return List.of(
                Figure.of(
                        "event → page (median of " + lags.values().size() + ")",
                        lags.median(),
                        "ms",
                        Map.of()),
                Figure.of(
                                "event → page (p99)",
                                lags.percentile(99),
                                "ms",
                                Map.of("runs", lags.values()))
                        .below(100));
    }
}
