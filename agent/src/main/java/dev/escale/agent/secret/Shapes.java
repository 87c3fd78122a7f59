package dev.escale.agent.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credentials that nobody named as secrets, known by how they look: tokens of well-known services,
 * keys, {@code Authorization} headers, passwords in URLs.
 */
final class Shapes {
    /** What is kept stands before the group, what is masked is the group. */
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?:[a-z][a-z0-9+.-]*://[^\\s/:@\"']*:)([^\\s/@\"']+)(?=@)"
                        + "|(?i:\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:bearer|basic|token|digest)\\s+)?)([^\\s\"',;}]+)"
                        + "|(?i:\\bbearer\\s+)([A-Za-z0-9._~+/=-]{16,})"
                        + "|\\b(esc_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}"
                        + "|gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent)-[\\w-]{16,}|xox[abeoprs]-[\\w-]{10,}"
                        + "|(?:AKIA|ASIA)[A-Z0-9]{16}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|sk-[\\w-]{20,}"
                        + "|npm_[A-Za-z0-9]{30,}|AIza[\\w-]{35}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|dop_v1_[a-f0-9]{40,}|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{4,})|-----BEGIN"
                        + " [A-Z ]*PRIVATE KEY-----([\\s\\S]*?)(?=-----END|$)");

    /** One of these is in whatever is masked, so that other lines cost little. */
    private static final String[] HINTS = {
        "://",
        "uthorization",
        "UTHORIZATION",
        "earer ",
        "EARER ",
        "esc_",
        "gh",
        "gl",
        "xox",
        "AKIA",
        "ASIA",
        "k_",
        "sk-",
        "npm_",
        "AIza",
        "SG.",
        "dop_v1_",
        "eyJ",
        "PRIVATE KEY"
    };

    private Shapes() {}

    static String mask(String text) {
        if (!hinted(text)) {
            return text;
        }
        Matcher found = CREDENTIAL.matcher(text);
        StringBuilder masked = null;
        int kept = 0;
        while (found.find()) {
            for (int group = 1; group <= found.groupCount(); group++) {
                if (found.start(group) >= 0 && found.end(group) > found.start(group)) {
                    masked = masked == null ? new StringBuilder(text.length()) : masked;
                    masked.append(text, kept, found.start(group)).append(Masker.MASK);
                    kept = found.end(group);
                }
            }
        }
        return masked == null ? text : masked.append(text, kept, text.length()).toString();
    }

    private static boolean hinted(String text) {
        for (String hint : HINTS) {
            if (text.contains(hint)) {
                return true;
            }
        }
        return false;
    }
}
