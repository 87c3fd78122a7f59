package dev.escale.control.team;

import dev.escale.control.operation.Scope;

/**
 * A role that a member has, and where.
 *
 * @param role id of it
 */
public record MemberGrant(String role, Scope scope) {
    public static MemberGrant everywhere(BuiltInRole role) {
        return new MemberGrant(role.text(), Scope.TEAM);
    }
}
