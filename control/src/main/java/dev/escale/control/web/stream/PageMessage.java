package dev.escale.control.web.stream;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two messages on the wire, as JSON. */
final class PageMessage {
    private PageMessage() {}

    /** From the browser, whenever what it shows has changed. Replaces what it said before. */
    record Subscribe(@Nullable List<@Nullable Wish> subscribe) {}

    /**
     * @param target id of the element
     * @param after number of the last line that it has
     */
    record Wish(
            @Nullable String part,
            @Nullable String subject,
            @Nullable String target,
            @Nullable Long after) {}

    /** To the browser. */
    record Swapped(String target, String swap, String html, long upTo) {
        static Swapped of(String target, Drawing drawing) {
            return new Swapped(
                    target,
                    drawing.swap().name().toLowerCase(Locale.ROOT),
                    drawing.html(),
                    drawing.upTo());
        }
    }
}
