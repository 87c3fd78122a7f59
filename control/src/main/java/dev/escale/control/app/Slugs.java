package dev.escale.control.app;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The short names of apps, in URLs, commands and process names. */
final class Slugs {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])");
    private static final int LONGEST = 40;

    /** Stands where a slug stands: {@code /{team}/apps/new} is the page that makes an app. */
    private static final Set<String> RESERVED = Set.of("new");

    private Slugs() {}

    /** "Café Münster!" becomes "cafe-munster"; what cannot become a slug stays invalid. */
    static String of(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String slug =
                plain.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        return slug.length() <= LONGEST ? slug : slug.substring(0, LONGEST).replaceAll("-+$", "");
    }

    static boolean valid(String slug) {
        return SLUG.matcher(slug).matches();
    }

    static boolean reserved(String slug) {
        return RESERVED.contains(slug);
    }
}
