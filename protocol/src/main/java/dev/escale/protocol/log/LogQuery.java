package dev.escale.protocol.log;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody wants to see: terms that must all hold. The same language in the live filter, in
 * the history, over REST and in the client:
 *
 * <pre>
 *   timeout                    the word, in either case
 *   "connection refused"       exactly these characters
 *   /time(d )?out/i            a regular expression (RE2); i for either case
 *   level:error,warn           one of them
 *   level:>=warn  status:5xx  status:>=500  ms:>200  path:/api/*
 *   app:shop  type:stderr  release:43  unit:ssh    any field that the line has
 *   -healthz                   not that
 * </pre>
 */
public record LogQuery(String text, List<LogTerm> terms) {
    public static final LogQuery EVERYTHING = new LogQuery("", List.of());
    static final int LONGEST = 1000;
    private static final int MOST_TERMS = 30;

    public LogQuery {
        terms = List.copyOf(terms);
    }

    /**
     * @param text may be blank: everything
     * @throws QueryRefused {@code query.tooLong}, {@code query.tooMany}, {@code query.unclosed},
     *     {@code query.regex} or {@code query.number}
     */
    public static LogQuery parse(String text) {
        if (text.length() > LONGEST) {
            throw new QueryRefused("query.tooLong", Integer.toString(LONGEST));
        }
        var reader = new TermReader(text);
        List<LogTerm> terms = new ArrayList<>();
        for (LogTerm term = reader.next(); term != null; term = reader.next()) {
            terms.add(term);
        }
        if (terms.size() > MOST_TERMS) {
            throw new QueryRefused("query.tooMany", Integer.toString(MOST_TERMS));
        }
        return new LogQuery(text.strip(), terms);
    }

    public boolean matches(LogLine line) {
        if (terms.isEmpty()) {
            return true;
        }
        var asked = new AskedLine(line);
        for (LogTerm term : terms) {
            if (!term.holds(asked)) {
                return false;
            }
        }
        return true;
    }
}
