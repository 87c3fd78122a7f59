package dev.escale.control.account;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where to go after signing in: a place of ours and no other (no open redirect). */
final class Next {
    private Next() {}

    /**
     * @return the path if it is one of ours, else the dashboard
     */
    static String safe(@Nullable String next) {
        return next != null && isOurs(next) ? next : "/";
    }

    private static boolean isOurs(String next) {
        return next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().noneMatch(c -> c < 0x21 || c == '\\' || c > 0x7e)
                && !next.startsWith("/login");
    }

    /** As one more parameter of an address; nothing when it is no place of ours. */
    static String parameter(@Nullable String next) {
        return next != null && isOurs(next) ? "&next=" + encoded(next) : "";
    }

    static String encoded(String next) {
        return URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
