package dev.escale.agent.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Replaces known secret values. Those under 4 characters would mask half of all words. */
record Masking(List<String> secrets) {
    private static final int SHORTEST = 4;
    private static final String MASK = "•••";

    /** The longest first, as one may hold another. */
    static Masking of(Collection<String> secrets) {
        return new Masking(
                secrets.stream()
                        .flatMap(String::lines)
                        .filter(secret -> secret.length() >= SHORTEST)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            if (masked.contains(secret)) {
                masked = masked.replace(secret, MASK);
            }
        }
        return masked;
    }
}
