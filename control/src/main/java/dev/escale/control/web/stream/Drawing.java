package dev.escale.control.web.stream;

/**
 * What a page gets.
 *
 * @param upTo number of the last line in it; 0 for parts without lines
 * @param more whether further lines wait: the part is drawn again at once
 */
public record Drawing(Swap swap, String html, long upTo, boolean more) {

    /** In place of the element, changing only what differs. */
    public static Drawing morph(String html) {
        return new Drawing(Swap.MORPH, html, 0, false);
    }

    /** Behind the last child of the element. */
    public static Drawing append(String html, long upTo, boolean more) {
        return new Drawing(Swap.APPEND, html, upTo, more);
    }

    /** How a drawing enters the page. */
    public enum Swap {
        MORPH,
        APPEND
    }
}
