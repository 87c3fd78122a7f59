package dev.escale.control.team;

import java.util.Locale;
import java.util.Set;

/** What a member may do. Stored in lower case. */
public enum Role {
    OWNER(Set.of("*"));

    private final Set<String> permissions;

    Role(Set<String> permissions) {
        this.permissions = permissions;
    }

    public Set<String> permissions() {
        return permissions;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
