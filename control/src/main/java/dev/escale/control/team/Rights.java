package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Scope;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers "why can't I?": what somebody may do, which roles let one, and who could give it. */
@Component
class Rights {
    private static final String GIVES = "member.update";

    private final Permissions permissions;
    private final Members members;
    private final Roles roles;

    Rights(Permissions permissions, Members members, Roles roles) {
        this.permissions = permissions;
        this.members = members;
        this.roles = roles;
    }

    /** All that there are, sorted. */
    List<Right> of(Actor actor) {
        List<Role> known = roles.all(actor.team());
        List<Member> people = members.all(actor.team());
        return permissions.all().stream().map(name -> right(actor, name, known, people)).toList();
    }

    /**
     * @throws ProblemException 404 {@code role.permissionUnknown}
     */
    Right of(Actor actor, String permission) {
        if (!permissions.all().contains(permission)) {
            throw ProblemException.of(404, "role.permissionUnknown", "permission", permission);
        }
        return right(actor, permission, roles.all(actor.team()), members.all(actor.team()));
    }

    private static Right right(
            Actor actor, String permission, List<Role> known, List<Member> people) {
        Map<String, Role> byId =
                known.stream().collect(Collectors.toMap(Role::id, Function.identity()));
        return new Right(
                permission,
                having(actor, permission),
                known.stream()
                        .filter(role -> has(role, permission))
                        .map(TeamView.RoleShown::of)
                        .toList(),
                people.stream()
                        .filter(each -> has(each, GIVES, byId) && has(each, permission, byId))
                        .map(Member::name)
                        .toList());
    }

    private static Right.Having having(Actor actor, String permission) {
        if (actor.grants().everywhere(permission)) {
            return Right.Having.EVERYWHERE;
        }
        return actor.may(permission) ? Right.Having.SOMEWHERE : Right.Having.NOWHERE;
    }

    /** In the whole team: what somebody has on an app alone they can give for that app alone. */
    private static boolean has(Member member, String permission, Map<String, Role> byId) {
        return member.grants().stream()
                .filter(grant -> grant.scope().equals(Scope.TEAM))
                .map(grant -> byId.get(grant.role()))
                .anyMatch(role -> role != null && has(role, permission));
    }

    private static boolean has(Role role, String permission) {
        return role.permissions().contains(Grants.EVERYTHING)
                || role.permissions().contains(permission);
    }
}
