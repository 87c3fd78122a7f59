package dev.escale.protocol.log;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes a query apart, from left to right. */
final class TermReader {
    private static final java.util.regex.Pattern FIELD =
            java.util.regex.Pattern.compile(
                    "([A-Za-z_@][\\w.@-]*):(?!//)(.+)", java.util.regex.Pattern.DOTALL);

    private final String text;
    private int at;

    TermReader(String text) {
        this.text = text;
    }

    /**
     * @return null at the end
     */
    @Nullable LogTerm next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return null;
        }
        boolean not =
                text.charAt(at) == '-'
                        && at + 1 < text.length()
                        && !Character.isWhitespace(text.charAt(at + 1));
        at += not ? 1 : 0;
        LogTerm term = term();
        return not ? new LogTerm.Not(term) : term;
    }

    private LogTerm term() {
        if (text.charAt(at) == '"') {
            return new LogTerm.Exactly(quoted());
        }
        if (text.charAt(at) == '/') {
            int end = endOfRegex();
            if (end > 0) {
                return regex(end);
            }
        }
        String word = word();
        var field = FIELD.matcher(word);
        return field.matches()
                ? field(field.group(1), field.group(2), word)
                : new LogTerm.Word(word.toLowerCase(Locale.ROOT));
    }

    private static LogTerm field(String name, String wanted, String written) {
        List<FieldTest> tests = new ArrayList<>();
        for (String one : wanted.split(",")) {
            if (!one.isEmpty()) {
                tests.add(FieldTest.of(name, one));
            }
        }
        String lower = written.toLowerCase(Locale.ROOT);
        return tests.isEmpty() ? new LogTerm.Word(lower) : new LogTerm.Field(name, tests, lower);
    }

    /** Up to the next space that stands outside of quotes, which are left out. */
    private String word() {
        var word = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            if (text.charAt(at) == '"') {
                word.append(quoted());
            } else {
                word.append(text.charAt(at++));
            }
        }
        return word.toString();
    }

    /** What stands between quotes; {@code \"} is one of them. */
    private String quoted() {
        int begin = at++;
        var inside = new StringBuilder();
        for (; at < text.length(); at++) {
            char one = text.charAt(at);
            if (one == '"') {
                at++;
                return inside.toString();
            }
            if (one == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            inside.append(text.charAt(at));
        }
        throw new QueryRefused("query.unclosed", text.substring(begin));
    }

    /**
     * @return 0 when what begins with a slash is a word, such as a path
     */
    private int endOfRegex() {
        for (int i = at + 1; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '\\') {
                i++;
            } else if (one == '/' && endsAt(i)) {
                return i == at + 1 ? 0 : i;
            }
        }
        return 0;
    }

    private boolean endsAt(int slash) {
        int after = slash + 1;
        if (after < text.length() && text.charAt(after) == 'i') {
            after++;
        }
        return after == text.length() || Character.isWhitespace(text.charAt(after));
    }

    private LogTerm regex(int end) {
        String expression = text.substring(at + 1, end).replace("\\/", "/");
        boolean eitherCase = end + 1 < text.length() && text.charAt(end + 1) == 'i';
        at = end + (eitherCase ? 2 : 1);
        try {
            return new LogTerm.Matching(
                    Pattern.compile(expression, eitherCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException wrong) {
            throw new QueryRefused("query.regex", expression);
        }
    }
}
