package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the role that a request names, and reads what it is to become. */
@Component
class RoleDesk {
    private static final int LONGEST = 60;

    private final Roles roles;
    private final Permissions permissions;

    RoleDesk(Roles roles, Permissions permissions) {
        this.roles = roles;
        this.permissions = permissions;
    }

    /**
     * One of the team's own: the built-in ones cannot be changed.
     *
     * @throws ProblemException 404 {@code role.unknown}, 409 {@code role.builtIn}
     */
    Role own(Actor actor, String id) {
        Role role =
                roles.find(actor.team(), id)
                        .orElseThrow(() -> ProblemException.of(404, "role.unknown", "role", id));
        if (role.builtIn()) {
            throw ProblemException.of(409, "role.builtIn", "role", role.name());
        }
        return role;
    }

    /**
     * @param but the one that is changed
     * @throws ProblemException 422 with all faults, 403 {@code role.moreThanYours}
     */
    Set<String> read(
            Actor actor, String name, @Nullable Set<@Nullable String> wanted, Optional<Role> but) {
        List<Fault> faults = new ArrayList<>();
        if (name.isEmpty()
                || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl)) {
            faults.add(Fault.of("name", "role.name", "most", "" + LONGEST));
        } else if (taken(actor, name, but)) {
            faults.add(Fault.of("name", "role.taken", "name", name));
        }
        Set<String> known = permissions.all();
        var read = new TreeSet<String>();
        for (String each : wanted == null ? Set.<String>of() : wanted) {
            if (each != null && known.contains(each)) {
                read.add(each);
            } else {
                faults.add(
                        Fault.of(
                                "permissions",
                                "role.permissionUnknown",
                                "permission",
                                String.valueOf(each)));
            }
        }
        if (read.isEmpty() && faults.isEmpty()) {
            faults.add(Fault.of("permissions", "role.empty"));
        }
        ProblemException.throwIfAny(faults);
        refuseMoreThanOwn(actor, name, read);
        return read;
    }

    /** Whoever makes a role could give it to themselves. */
    void refuseMoreThanOwn(Actor actor, String name, Set<String> wanted) {
        Grants own = actor.grants();
        wanted.stream()
                .filter(permission -> !own.everywhere(permission))
                .findFirst()
                .ifPresent(
                        permission -> {
                            throw ProblemException.of(
                                    403,
                                    "member.moreThanYours",
                                    "role",
                                    name,
                                    "permission",
                                    permission);
                        });
    }

    private boolean taken(Actor actor, String name, Optional<Role> but) {
        return roles.all(actor.team()).stream()
                .filter(role -> but.isEmpty() || !but.get().id().equals(role.id()))
                .anyMatch(
                        role ->
                                role.name()
                                        .toLowerCase(Locale.ROOT)
                                        .equals(name.toLowerCase(Locale.ROOT)));
    }
}
