package dev.escale.e2e;

import com.microsoft.playwright.Page;
import java.util.List;

/** Goes through a page with the Tab key alone. */
final class Keyboard {
    private static final int STEPS = 200;
    private static final String CONTROLS =
            """
            () => {
              const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
              window.controls = [...document.querySelectorAll(
                'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary')]
                .filter(e => shown(e) && e.tabIndex >= 0 && !e.closest('[inert]')
                  && !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`)));
              window.reached = new Set();
              window.dim = new Set();
            }
            """;
    private static final String LOOK =
            """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return;
              window.reached.add(e);
              const style = getComputedStyle(e);
              if (style.outlineStyle === 'none' && style.boxShadow === 'none' && !e.classList.contains('skip')) {
                window.dim.add(e.outerHTML.slice(0, 120));
              }
            }
            """;

    private Keyboard() {}

    /** Controls that can be seen but not reached. */
    static List<String> unreachable(Page page) {
        page.evaluate(CONTROLS);
        for (int step = 0; step < STEPS; step++) {
            page.keyboard().press("Tab");
            page.evaluate(LOOK);
        }
        return lines(
                page,
                "() => window.controls.filter(e => e.isConnected && !window.reached.has(e)).map(e"
                        + " => e.outerHTML.slice(0, 120))");
    }

    /** Controls that do not show that they have the focus, after {@link #unreachable}. */
    static List<String> withoutVisibleFocus(Page page) {
        return lines(page, "() => [...window.dim]");
    }

    private static List<String> lines(Page page, String script) {
        return page.evaluate(script) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
