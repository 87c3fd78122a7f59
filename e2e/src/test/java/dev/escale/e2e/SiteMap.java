package dev.escale.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the pages of the dashboard by following its links, as a reader would. */
final class SiteMap {
    private static final int MOST = 100;

    private SiteMap() {}

    /** URLs of all pages that are reached from the first one, without queries and fragments. */
    static List<String> of(Page page, String url) {
        var found = new ArrayList<String>();
        Set<String> known = new LinkedHashSet<>(List.of(url + "/"));
        var waiting = new ArrayDeque<>(known);
        while (!waiting.isEmpty()) {
            if (found.size() == MOST) {
                throw new AssertionError("links without end: " + waiting);
            }
            Response response = page.navigate(waiting.poll());
            if (response == null || response.status() != 200) {
                throw new AssertionError(
                        "a link leads to "
                                + page.url()
                                + ", which answered "
                                + (response == null ? "nothing" : response.status()));
            }
            found.add(page.url());
            links(page).stream()
                    .filter(link -> link.startsWith(url + "/"))
                    .filter(
                            link ->
                                    !link.contains("/api/")
                                            && !link.contains("/login")
                                            && !link.contains("/git/"))
                    .filter(link -> !link.matches(".*\\.(sh|gz|pem|txt|json|ndjson|csv)"))
                    .filter(known::add)
                    .forEach(waiting::add);
        }
        return found.stream().distinct().toList();
    }

    private static List<String> links(Page page) {
        Object links =
                page.evaluate(
                        "() => [...document.querySelectorAll('a[href]:not([download])')].map(a =>"
                                + " a.href.replace(/[?#].*/, ''))");
        return links instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
