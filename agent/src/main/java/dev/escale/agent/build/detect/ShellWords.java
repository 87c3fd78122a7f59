package dev.escale.agent.build.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command as a shell would, as far as that needs no shell. */
public final class ShellWords {
    private static final String SPECIAL = ";&|<>()$`*?[]{}~#!\n";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private ShellWords(String text) {
        this.text = text;
    }

    /**
     * @return empty when it takes a shell to understand it: variables, pipes, patterns, an open
     *     quote
     */
    public static Optional<List<String>> split(String text) {
        return new ShellWords(text.strip()).split();
    }

    private Optional<List<String>> split() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == '\'') {
                quoted(c);
            } else if (c == '\\' && i + 1 < text.length()) {
                add(text.charAt(++i));
            } else if (quote == '"') {
                if (c == '$' || c == '`') {
                    return Optional.empty();
                }
                quoted(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == ' ' || c == '\t') {
                end();
            } else if (SPECIAL.indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                add(c);
            }
        }
        end();
        return quote != 0 || words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private void quoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
