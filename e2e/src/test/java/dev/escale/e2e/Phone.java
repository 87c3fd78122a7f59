package dev.escale.e2e;

import com.microsoft.playwright.Page;
import java.util.List;

/** A page as wide as a telephone. */
final class Phone {
    static final int WIDTH = 390;
    static final int HEIGHT = 844;

    /** What sticks out of the page, unless a box of its own scrolls it. */
    private static final String OUT =
            """
            () => {
              const wide = document.documentElement.scrollWidth > innerWidth;
              const held = e => {
                for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
                  if (getComputedStyle(p).overflowX !== 'visible') return true;
                }
                return false;
              };
              const out = !wide ? [] : [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !held(e))
                .map(e => e.outerHTML.slice(0, 120));
              return wide && !out.length ? ['the page'] : out;
            }
            """;

    private Phone() {}

    /** What makes the page scroll sideways. */
    static List<String> sticksOut(Page page) {
        return page.evaluate(OUT) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
