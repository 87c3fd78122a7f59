package dev.escale.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.util.ArrayList;
import java.util.List;

/** Goes through a page with the keyboard alone. */
final class Keyboard {
    private static final String CONTROLS =
            """
            () => {
              const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
              const root = document.querySelector('dialog:modal') ?? document;
              window.controls = [...root.querySelectorAll(
                'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary')]
                .filter(e => shown(e) && e.tabIndex >= 0 && !e.closest('[inert]') && !e.matches(':disabled')
                  && !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`)));
              window.reached = new Set();
              window.dim = new Set();
              document.activeElement?.blur();
              return window.controls.length;
            }
            """;

    /** Whether the way round is over. */
    private static final String LOOK =
            """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return window.reached.size > 0;
              if (window.reached.has(e)) return e === [...window.reached][0];
              window.reached.add(e);
              const style = getComputedStyle(e);
              const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                && !/^(transparent|rgba\\(.*, 0\\))$/.test(style.outlineColor);
              if (!seen && style.boxShadow === 'none' && !e.classList.contains('skip')) {
                window.dim.add(e.outerHTML.slice(0, 120));
              }
              return false;
            }
            """;

    private static final String UNREACHED =
            "() => window.controls.filter(e => e.isConnected && !window.reached.has(e))"
                    + ".map(e => e.outerHTML.slice(0, 120))";

    private static final String OPENERS =
            "() => [...document.querySelectorAll('[popovertarget]')]"
                    + ".filter(e => e.getClientRects().length > 0 && !e.closest('[popover]'))"
                    + ".map(e => e.getAttribute('popovertarget'))";

    private static final String MODAL = "() => !!document.querySelector('dialog:modal')";

    private Keyboard() {}

    /** What is wrong on the page for somebody without a mouse; one line each. */
    static List<String> barriers(Page page) {
        List<String> found = new ArrayList<>();
        int controls = page.evaluate(CONTROLS) instanceof Number number ? number.intValue() : 0;
        // editors of a field, such as that of a date, have more than one stop
        boolean round = around(page, controls + 20);
        if (!round) {
            found.add("the focus does not get out again");
        }
        lines(page, UNREACHED).forEach(each -> found.add("not reached: " + each));
        lines(page, "() => [...window.dim]").forEach(each -> found.add("focus not seen: " + each));
        if (Boolean.TRUE.equals(page.evaluate(MODAL))) {
            found.addAll(leadsBack(page));
        } else {
            for (String id : lines(page, OPENERS)) {
                found.addAll(staysOpen(page, id));
            }
        }
        return found;
    }

    /** A plan over the page: Escape goes back to where it was asked for. */
    private static List<String> leadsBack(Page page) {
        String plan = page.url();
        page.keyboard().press("Escape");
        try {
            page.waitForURL(url -> !url.equals(plan));
            return List.of();
        } catch (TimeoutError stays) {
            return List.of("Escape does not close the dialog");
        }
    }

    private static boolean around(Page page, int most) {
        for (int step = 0; step < most; step++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate(LOOK))) {
                return true;
            }
        }
        return false;
    }

    /** Opens a menu or dialog by its button, and leaves it with Escape. */
    private static List<String> staysOpen(Page page, String id) {
        List<String> found = new ArrayList<>();
        page.locator("[popovertarget='" + id + "']").first().focus();
        page.keyboard().press("Enter");
        if (!isOpen(page, id)) {
            found.add(id + " does not open");
        }
        page.keyboard().press("Tab");
        page.keyboard().press("Escape");
        if (isOpen(page, id)) {
            found.add(id + " stays open");
        }
        String focused = "() => document.activeElement.getAttribute('popovertarget') ?? ''";
        if (!id.equals(page.evaluate(focused))) {
            found.add(id + " does not give the focus back");
        }
        return found;
    }

    private static boolean isOpen(Page page, String id) {
        return Boolean.TRUE.equals(
                page.evaluate("id => document.getElementById(id).matches(':popover-open')", id));
    }

    private static List<String> lines(Page page, String script) {
        return page.evaluate(script) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
