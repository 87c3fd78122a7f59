package dev.escale.control.team;

import java.util.Set;

/**
 * A set of permissions with a name.
 *
 * @param id of a team's own role; of a built-in one its name
 * @param permissions {@code *} is all
 */
public record Role(String id, String name, Set<String> permissions, boolean builtIn) {
    public Role {
        permissions = Set.copyOf(permissions);
    }
}
