package dev.escale.control.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The text of a secret that somebody carries: a prefix, 256 random bits and a checksum of both, so
 * that scanners can tell a real one from a typing error. Stored only as its SHA-256.
 */
final class TokenText {
    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenText() {}

    /**
     * @param prefix such as {@code esc_}
     */
    static String fresh(String prefix) {
        var text = new StringBuilder(prefix);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(BASE62.charAt(RANDOM.nextInt(BASE62.length())));
        }
        return text.append(checksum(text.toString())).toString();
    }

    static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        var checksum = new StringBuilder();
        for (long left = crc.getValue(); checksum.length() < CHECKSUM_LENGTH; left /= 62) {
            checksum.append(BASE62.charAt((int) (left % 62)));
        }
        return checksum.toString();
    }
}
