package dev.escale.control.team;

import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Reads;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The roles that every team has. Stored in lower case. */
public enum BuiltInRole {
    /** All there is, and all that will be. */
    OWNER,
    /** All but ending the team, and giving it away. */
    ADMIN,
    /** Makes, changes and deploys apps, and reads what that takes. */
    DEVELOPER,
    /** Looks. */
    VIEWER;

    private static final Set<String> NOT_FOR_ADMINS = Set.of("team.remove", "team.transfer");
    private static final Set<String> OF_DEVELOPERS =
            Set.of(
                    Reads.APPS,
                    Reads.SERVERS,
                    Reads.ENVIRONMENT,
                    Reads.AUDIT,
                    "app.create",
                    "app.update",
                    "app.env",
                    "app.deploy",
                    "app.rollback",
                    "app.start",
                    "app.stop",
                    "app.restart",
                    "deployment.cancel");
    private static final Set<String> OF_VIEWERS = Set.of(Reads.APPS, Reads.SERVERS);

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param all permissions that there are
     */
    Role role(Set<String> all) {
        Set<String> permissions =
                switch (this) {
                    case OWNER -> Set.of(Grants.EVERYTHING);
                    case ADMIN -> without(all, NOT_FOR_ADMINS);
                    case DEVELOPER -> OF_DEVELOPERS;
                    case VIEWER -> OF_VIEWERS;
                };
        return new Role(text(), text(), permissions, true);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> left = new HashSet<>(all);
        left.removeAll(some);
        return left;
    }
}
