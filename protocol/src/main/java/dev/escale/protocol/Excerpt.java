package dev.escale.protocol;

/**
 * The beginning of a text that others wrote, and that may be of any length: a report has a bound,
 * and one that is over it could never be sent.
 */
public final class Excerpt {
    private Excerpt() {}

    /**
     * @param most characters of the answer; a longer text ends in {@code …}
     */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        boolean halved = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, halved ? end - 1 : end) + "…";
    }
}
