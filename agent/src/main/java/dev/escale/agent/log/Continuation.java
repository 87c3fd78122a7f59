package dev.escale.agent.log;

import java.util.regex.Pattern;

/** Whether a line goes on with the one before: stack traces and printed objects. */
final class Continuation {
    private static final Pattern CAUSE =
            Pattern.compile("(Caused by: |\\.\\.\\. \\d+ more|[}\\])]+[,;]?\\s*$|\\[cause\\]:).*");
    private static final String TRACEBACK = "Traceback (most recent call last):";

    private Continuation() {}

    /**
     * @param whole what belongs together so far
     * @param line the one after it
     */
    static boolean of(CharSequence whole, String line) {
        if (line.isEmpty()) {
            return false;
        }
        char first = line.charAt(0);
        if (first == ' ' || first == '\t' || CAUSE.matcher(line).matches()) {
            return true;
        }
        // Python's last line, which names the error, is not indented
        return startsWith(whole, TRACEBACK) && endsIndented(whole);
    }

    private static boolean startsWith(CharSequence text, String start) {
        return text.length() >= start.length()
                && text.subSequence(0, start.length()).toString().equals(start);
    }

    private static boolean endsIndented(CharSequence text) {
        int at = text.length() - 1;
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at--;
        }
        return at >= 0 && at < text.length() && text.charAt(at) == ' ';
    }
}
