package dev.escale.control.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.session.SessionIdGenerator;

/** Ids of sessions: what a browser carries, and the hash of it under which the session lies. */
final class SessionIds {
    /** As long as the column, and 216 bits. */
    private static final int STORED_BYTES = 27;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{20,100}");
    private static final String MAC = "HmacSHA256";
    private static final ScopedValue<String> NEXT = ScopedValue.newInstance();
    private static final ScopedValue<String> MARK = ScopedValue.newInstance();

    /** Names what is stored while {@link #storing} runs. */
    static final SessionIdGenerator STORED = NEXT::get;

    private SessionIds() {}

    static String fresh() {
        return TokenText.fresh("");
    }

    /** Whether it could be one: what browsers make up is not looked for. */
    static boolean isOne(String id) {
        return ID.matcher(id).matches();
    }

    static String stored(String id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return text(Arrays.copyOf(hash, STORED_BYTES));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    static <T> T storing(String id, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(NEXT, stored(id)).call(work);
    }

    /**
     * While this runs, a session that changes its id gets one that follows from the mark and the
     * old id: requests of one browser that come at once agree on it, and nobody else can tell it.
     *
     * @param mark a secret that no browser knows
     */
    static void following(String mark, Runnable work) {
        ScopedValue.where(MARK, mark).run(work);
    }

    static String successor(String id) {
        return MARK.isBound() ? derived(MARK.get(), id) : fresh();
    }

    private static String derived(String mark, String id) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(mark.getBytes(StandardCharsets.UTF_8), MAC));
            return text(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no " + MAC, failure);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
