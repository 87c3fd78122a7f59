package dev.escale.control.team;

import java.util.List;

/**
 * A permission, and whether the reader has it.
 *
 * @param roles that have it
 * @param givers names of the members who have it and may change roles
 */
public record Right(
        String name, Having having, List<TeamView.RoleShown> roles, List<String> givers) {
    public Right {
        roles = List.copyOf(roles);
        givers = List.copyOf(givers);
    }

    /** In lower case the end of a key of words. */
    public enum Having {
        EVERYWHERE,
        SOMEWHERE,
        NOWHERE
    }
}
