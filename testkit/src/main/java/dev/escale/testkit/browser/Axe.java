package dev.escale.testkit.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Looks for barriers with axe-core (WCAG 2.2 A and AA, and its best practices). */
public final class Axe {
    private static final String RUN =
            """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
              v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' — ' + n.failureSummary.replace(/\\s+/g, ' ')))
            """;

    private final String script;

    private Axe(String script) {
        this.script = script;
    }

    public static Axe load() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe-core/axe.min.js")) {
            if (script == null) {
                throw new IllegalStateException("axe-core is not among the resources of testkit");
            }
            return new Axe(new String(script.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line per violation on the page as it stands. */
    public List<String> violations(Page page) {
        // Through the debugger, so that the page's own policy neither forbids it nor is weakened.
        page.evaluate(script);
        Object found = page.evaluate(RUN);
        return found instanceof List<?> lines
                ? lines.stream().map(String::valueOf).toList()
                : List.of();
    }
}
