package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code role.update}: another name or other permissions, for all who have the role, at once. */
@Component
public class UpdateRole implements Operation<UpdateRole.Input, Role> {
    private final Roles roles;
    private final RoleDesk desk;
    private final TeamFeed feed;

    UpdateRole(Roles roles, RoleDesk desk, TeamFeed feed) {
        this.roles = roles;
        this.desk = desk;
        this.feed = feed;
    }

    /**
     * @param name null: as it is
     * @param permissions all of them; null: as they are
     */
    public record Input(
            String role, @Nullable String name, @Nullable Set<@Nullable String> permissions) {}

    @Override
    public String name() {
        return "role.update";
    }

    @Override
    public String permission() {
        return "role.manage";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "role", input.role(), "name", input.name(), "permissions", input.permissions());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Role role = desk.own(actor, input.role());
        return Target.of("role", role.id(), role.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Role was = desk.own(actor, input.role());
        Role wanted = wanted(actor, input, was);
        List<PlanItem> changes = new ArrayList<>();
        if (!was.name().equals(wanted.name())) {
            changes.add(
                    PlanItem.of("~", "plan.role.name", "from", was.name(), "to", wanted.name()));
        }
        wanted.permissions().stream()
                .filter(each -> !was.permissions().contains(each))
                .sorted()
                .forEach(each -> changes.add(item("+", "plan.role.permits", wanted, each)));
        was.permissions().stream()
                .filter(each -> !wanted.permissions().contains(each))
                .sorted()
                .forEach(each -> changes.add(item("-", "plan.role.forbids", wanted, each)));
        return new Plan(
                changes,
                List.of(),
                List.of(),
                List.of(),
                false,
                Fingerprint.of(was, wanted.name(), wanted.permissions()));
    }

    @Override
    public Role apply(Actor actor, Input input, Plan plan) {
        Role wanted = wanted(actor, input, desk.own(actor, input.role()));
        roles.change(actor.team(), wanted);
        feed.rights(actor.team(), "");
        feed.changed(actor.team(), "roles");
        return wanted;
    }

    private Role wanted(Actor actor, Input input, Role was) {
        String given = input.name();
        String name = given == null ? was.name() : given.strip();
        desk.refuseMoreThanOwn(actor, was.name(), was.permissions());
        Set<@Nullable String> permissions =
                input.permissions() == null
                        ? new java.util.HashSet<>(was.permissions())
                        : input.permissions();
        return new Role(
                was.id(), name, desk.read(actor, name, permissions, Optional.of(was)), false);
    }

    private static PlanItem item(String symbol, String code, Role role, String permission) {
        return PlanItem.of(symbol, code, "name", role.name(), "permission", permission);
    }
}
