package dev.escale.control.operation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may do in a team, and where.
 *
 * @param limit narrows all of it, as that of an access token; null for none
 */
public record Grants(List<Grant> all, @Nullable Limit limit) {
    public static final String EVERYTHING = "*";
    public static final Grants NONE = new Grants(List.of(), null);
    public static final Grants ALL = of(EVERYTHING);

    public Grants {
        all = List.copyOf(all);
    }

    /**
     * @param permissions names such as {@code app.deploy}; {@code *} is all
     */
    public record Grant(Set<String> permissions, Scope scope) {
        public Grant {
            permissions = Set.copyOf(permissions);
        }

        private boolean has(String permission) {
            return permissions.contains(EVERYTHING) || permissions.contains(permission);
        }
    }

    /**
     * @param permissions null: whatever is granted
     * @param scopes empty: wherever it is granted
     */
    public record Limit(@Nullable Set<String> permissions, List<Scope> scopes) {
        public Limit {
            permissions = permissions == null ? null : Set.copyOf(permissions);
            scopes = List.copyOf(scopes);
        }

        private boolean lets(String permission) {
            return permissions == null || permissions.contains(permission);
        }

        private boolean lets(Target target) {
            return scopes.isEmpty() || scopes.stream().anyMatch(scope -> scope.covers(target));
        }
    }

    /** In the whole team. */
    public static Grants of(String... permissions) {
        return new Grants(List.of(new Grant(Set.of(permissions), Scope.TEAM)), null);
    }

    /** The same, and no more than the limit lets through. */
    public Grants within(Limit narrower) {
        return new Grants(all, narrower);
    }

    /** On something of the team, though perhaps not on everything. */
    public boolean somewhere(String permission) {
        return lets(permission) && all.stream().anyMatch(grant -> grant.has(permission));
    }

    /** On this. */
    public boolean on(String permission, Target target) {
        return lets(permission)
                && (limit == null || limit.lets(target))
                && all.stream()
                        .anyMatch(grant -> grant.has(permission) && grant.scope().covers(target));
    }

    /** On all that the team has and will have. */
    public boolean everywhere(String permission) {
        return lets(permission)
                && (limit == null || limit.scopes().isEmpty())
                && all.stream()
                        .anyMatch(
                                grant -> grant.has(permission) && grant.scope().equals(Scope.TEAM));
    }

    /** Anything at all on this, so that it is no secret that it is there. */
    public boolean touches(Target target) {
        return (limit == null || limit.lets(target))
                && all.stream()
                        .filter(grant -> !Permissions.OWN.containsAll(grant.permissions()))
                        .anyMatch(grant -> grant.scope().covers(target));
    }

    /** The limit does not take it, of a person's own things: those are theirs without a grant. */
    public boolean leaves(String permission) {
        return limit == null || limit.scopes().isEmpty() && limit.lets(permission);
    }

    /** The names of all that is granted somewhere, sorted; {@code *} is all. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        all.forEach(grant -> names.addAll(grant.permissions()));
        Set<String> only = limit == null ? null : limit.permissions();
        if (only == null) {
            return names;
        }
        if (names.contains(EVERYTHING)) {
            return new TreeSet<>(only);
        }
        names.retainAll(only);
        return names;
    }

    private boolean lets(String permission) {
        return limit == null || limit.lets(permission);
    }
}
