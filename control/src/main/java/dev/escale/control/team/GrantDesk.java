package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grants that somebody wants to give, and sees that nobody gives or takes what they do
 * not have.
 */
public final class GrantDesk {
    private static final int MOST = 50;

    private final Roles roles;
    private final Supplier<List<ScopeTargets>> targets;

    GrantDesk(Roles roles, Supplier<List<ScopeTargets>> targets) {
        this.roles = roles;
        this.targets = targets;
    }

    /**
     * @throws ProblemException 422 with all faults
     */
    List<MemberGrant> read(Actor actor, @Nullable List<@Nullable GrantInput> wanted) {
        List<Fault> faults = new ArrayList<>();
        List<MemberGrant> grants = new ArrayList<>();
        if (wanted == null || wanted.isEmpty()) {
            faults.add(Fault.of("grants", "member.noGrants"));
        } else if (wanted.size() > MOST) {
            faults.add(Fault.of("grants", "member.tooManyGrants", "most", "" + MOST));
        } else {
            for (int i = 0; i < wanted.size(); i++) {
                read(actor, "grants." + i, wanted.get(i), faults).ifPresent(grants::add);
            }
        }
        ProblemException.throwIfAny(faults);
        return grants.stream().distinct().toList();
    }

    private Optional<MemberGrant> read(
            Actor actor, String field, @Nullable GrantInput wanted, List<Fault> faults) {
        String named = wanted == null || wanted.role() == null ? "" : wanted.role().strip();
        Optional<Role> role =
                roles.all(actor.team()).stream()
                        .filter(each -> each.id().equals(named) || each.name().equals(named))
                        .findFirst();
        if (role.isEmpty()) {
            faults.add(Fault.of(field + ".role", "role.unknown", "role", named));
        }
        Optional<Scope> scope =
                wanted == null ? Optional.empty() : scope(actor, field, wanted, faults);
        return role.isPresent() && scope.isPresent()
                ? Optional.of(new MemberGrant(role.get().id(), scope.get()))
                : Optional.empty();
    }

    /**
     * The place that is named.
     *
     * @param faults takes what is wrong with it
     */
    public Optional<Scope> scope(Actor actor, String field, GrantInput wanted, List<Fault> faults) {
        String kind = wanted.scope() == null ? "team" : wanted.scope().strip();
        if (wanted.scope() == null && wanted.target() != null) {
            faults.add(Fault.of(field + ".scope", "input.required"));
            return Optional.empty();
        }
        if (kind.equals(Scope.TEAM.kind().text())) {
            return Optional.of(Scope.TEAM);
        }
        Optional<ScopeTargets> known =
                targets.get().stream().filter(each -> each.kind().text().equals(kind)).findFirst();
        if (known.isEmpty()) {
            faults.add(Fault.of(field + ".scope", "member.scopeUnknown", "scope", kind));
            return Optional.empty();
        }
        String target = wanted.target() == null ? "" : wanted.target().strip();
        Optional<Target> found = known.get().find(actor, target);
        if (found.isEmpty()) {
            faults.add(Fault.of(field + ".target", kind + ".unknown", kind, target));
        }
        return found.map(each -> new Scope(known.get().kind(), each.id()));
    }

    /**
     * Nobody gives what they do not have, and nobody takes it from others either.
     *
     * @throws ProblemException 403 {@code member.moreThanYours}
     */
    void refuseMoreThanOwn(Actor actor, List<MemberGrant> grants) {
        for (MemberGrant grant : grants) {
            Role role = roles.find(actor.team(), grant.role()).orElse(null);
            if (role == null) {
                continue;
            }
            for (String permission : role.permissions()) {
                if (!has(actor, permission, grant.scope())) {
                    throw ProblemException.of(
                            403,
                            "member.moreThanYours",
                            "role",
                            role.name(),
                            "permission",
                            permission.equals(Grants.EVERYTHING)
                                    ? BuiltInRole.OWNER.text()
                                    : permission);
                }
            }
        }
    }

    boolean mayGive(Actor actor, List<MemberGrant> grants) {
        try {
            refuseMoreThanOwn(actor, grants);
            return true;
        } catch (ProblemException more) {
            return false;
        }
    }

    private boolean has(Actor actor, String permission, Scope scope) {
        if (actor.grants().everywhere(permission)) {
            return true;
        }
        return scope.kind() != Scope.Kind.TEAM
                && target(actor, scope).filter(found -> actor.may(permission, found)).isPresent();
    }

    /** Empty also when it is a secret to the actor. */
    Optional<Target> target(Actor actor, Scope scope) {
        return targets.get().stream()
                .filter(each -> each.kind() == scope.kind())
                .findFirst()
                .flatMap(each -> each.find(actor, scope.id()));
    }

    /** As an audit entry and a plan say it, such as {@code developer on app shop}. */
    String text(Actor actor, List<MemberGrant> grants) {
        List<String> parts = new ArrayList<>();
        for (MemberGrant grant : grants) {
            String role =
                    roles.find(actor.team(), grant.role()).map(Role::name).orElse(grant.role());
            parts.add(
                    grant.scope().equals(Scope.TEAM)
                            ? role
                            : String.format(
                                    Locale.ROOT,
                                    "%s on %s %s",
                                    role,
                                    grant.scope().kind().text(),
                                    target(actor, grant.scope())
                                            .map(Target::name)
                                            .orElse(grant.scope().id())));
        }
        return String.join(", ", parts);
    }

    public List<ScopeTargets> targets() {
        return targets.get();
    }
}
