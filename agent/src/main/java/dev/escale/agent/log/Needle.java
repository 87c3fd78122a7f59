package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogTerm;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A word that stands in every line which a query can match, looked for in bytes before lines are
 * made of them (Horspool): most of a long log is never parsed.
 */
final class Needle {
    private static final int SHORTEST = 2;

    private final byte[] word;
    private final int[] shift = new int[256];

    private Needle(String lower) {
        word = lower.getBytes(US_ASCII);
        Arrays.fill(shift, word.length);
        for (int i = 0; i < word.length - 1; i++) {
            shift[word[i]] = word.length - 1 - i;
            shift[Character.toUpperCase((char) word[i])] = word.length - 1 - i;
        }
    }

    /**
     * @return empty when the query has no such word
     */
    static Optional<Needle> of(LogQuery query) {
        return query.terms().stream()
                .map(Needle::literal)
                .filter(Needle::plain)
                .max((one, other) -> one.length() - other.length())
                .map(Needle::new);
    }

    boolean in(byte[] bytes, int from, int to) {
        int last = word.length - 1;
        for (int at = from + last; at < to; at += shift[bytes[at] & 0xFF]) {
            int i = last;
            while (i >= 0 && lower(bytes[at - last + i]) == word[i]) {
                i--;
            }
            if (i < 0) {
                return true;
            }
        }
        return false;
    }

    private static String literal(LogTerm term) {
        return switch (term) {
            case LogTerm.Word(String lower) -> lower;
            case LogTerm.Exactly(String text) -> text.toLowerCase(Locale.ROOT);
            case LogTerm.Matching _, LogTerm.Field _, LogTerm.Not _ -> "";
        };
    }

    /** As it is in JSON too, and in either case the same length; colours cannot cut it in two. */
    private static boolean plain(String text) {
        return text.length() >= SHORTEST
                && text.chars().allMatch(c -> c > 31 && c < 127 && c != '"' && c != '\\');
    }

    private static byte lower(byte one) {
        return one >= 'A' && one <= 'Z' ? (byte) (one + 32) : one;
    }
}
