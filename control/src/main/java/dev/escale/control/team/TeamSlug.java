package dev.escale.control.team;

import dev.escale.control.operation.Fault;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of teams, and what stands for them in addresses. */
final class TeamSlug {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{2,40}");
    private static final int LONGEST_NAME = 100;

    /** First parts of addresses that are no team's. */
    static final Set<String> RESERVED =
            Set.of(
                    "agent",
                    "api",
                    "assets",
                    "error",
                    "favicon",
                    "git",
                    "healthz",
                    "install",
                    "invitations",
                    "language",
                    "login",
                    "logout",
                    "mcp",
                    "metrics",
                    "new",
                    "oauth2",
                    "readyz",
                    "static",
                    "stream",
                    "teams",
                    "theme",
                    "webauthn",
                    "well-known");

    private TeamSlug() {}

    /** Of a name, without accents and signs; may be too short. */
    static String of(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    static List<Fault> faults(@Nullable String name, String slug, Teams teams, Optional<Team> but) {
        List<Fault> faults = new ArrayList<>();
        String text = name == null ? "" : name.strip();
        if (text.isEmpty()
                || text.length() > LONGEST_NAME
                || text.chars().anyMatch(Character::isISOControl)) {
            faults.add(Fault.of("name", "team.name", "most", "" + LONGEST_NAME));
        }
        if (!SLUG.matcher(slug).matches() || RESERVED.contains(slug)) {
            faults.add(Fault.of("slug", "team.slug", "slug", slug));
        } else if (but.filter(own -> own.slug().equals(slug)).isEmpty() && teams.taken(slug)) {
            faults.add(Fault.of("slug", "team.slugTaken", "slug", slug));
        }
        return faults;
    }
}
