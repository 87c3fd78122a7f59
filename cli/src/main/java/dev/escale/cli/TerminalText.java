package dev.escale.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody else's text for a terminal: it may have colours, but sets no title, moves no cursor and
 * writes no clipboard.
 */
final class TerminalText {
    private static final String RESET = "\u001b[0m";

    /** Sequences of ECMA-48 (CSI, OSC and its kin, two letters), and other control characters. */
    private static final Pattern SEQUENCE =
            Pattern.compile(
                    "(\u001b\\[[0-9;:]*m)"
                            + "|\u001b\\[[0-?]*[ -/]*[@-~]?"
                            + "|\u001b[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
                            + "|\u001b.?"
                            + "|[\\x00-\\x08\\x0a-\\x1f\\x7f\\x80-\\x9f]");

    private TerminalText() {}

    static String of(String line) {
        String safe =
                SEQUENCE.matcher(line)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                found.group(1) == null ? "" : found.group(1)));
        return safe.indexOf('\u001b') < 0 ? safe : safe + RESET;
    }
}
