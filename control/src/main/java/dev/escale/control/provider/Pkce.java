package dev.escale.control.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random words of the authorization request, and the challenge of RFC 7636. */
public final class Pkce {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Pkce() {}

    /** 43 characters, 256 random bits: a verifier or a state. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return encoded(bytes);
    }

    /** Of the method {@code S256}. */
    public static String challenge(String verifier) {
        try {
            byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
            return encoded(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
