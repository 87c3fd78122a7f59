package dev.escale.control.db;

import java.security.SecureRandom;

/** New ids: a prefix that tells the kind, and 18 random characters of base32. Opaque otherwise. */
public final class Ids {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /**
     * @param prefix such as {@code dep}
     * @return such as {@code dep_k3v…}, 90 random bits
     */
    public static String random(String prefix) {
        var id = new StringBuilder(prefix).append('_');
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
