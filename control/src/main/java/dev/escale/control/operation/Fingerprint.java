package dev.escale.control.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A short mark of the state that a plan was made from. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * @param state everything that, when it changes, makes the plan void
     */
    public static String of(@Nullable Object... state) {
        byte[] text = Arrays.deepToString(state).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
