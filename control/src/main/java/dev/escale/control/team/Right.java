package dev.escale.control.team;

import java.util.List;

/**
 * A permission, and whether the reader has it.
 *
 * @param roles that have it
 */
public record Right(String name, Having having, List<TeamView.RoleShown> roles) {
    public Right {
        roles = List.copyOf(roles);
    }

    /** In lower case the end of a key of words. */
    public enum Having {
        EVERYWHERE,
        SOMEWHERE,
        NOWHERE
    }
}
