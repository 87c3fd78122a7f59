package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code role.create}: a role of the team's own. */
@Component
public class CreateRole implements Operation<CreateRole.Input, Role> {
    private final Roles roles;
    private final RoleDesk desk;
    private final TeamFeed feed;

    CreateRole(Roles roles, RoleDesk desk, TeamFeed feed) {
        this.roles = roles;
        this.desk = desk;
        this.feed = feed;
    }

    public record Input(@Nullable String name, @Nullable Set<@Nullable String> permissions) {
        String given() {
            return name == null ? "" : name.strip();
        }
    }

    @Override
    public String name() {
        return "role.create";
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
        return Detail.of("name", input.given(), "permissions", input.permissions());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("role", "", input.given());
    }

    @Override
    public Target done(Target planned, Role role) {
        return Target.of("role", role.id(), role.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Set<String> wanted = desk.read(actor, input.given(), input.permissions(), Optional.empty());
        return Plan.of(
                Fingerprint.of(input.given(), wanted),
                PlanItem.of(
                        "+",
                        "plan.role.create",
                        "name",
                        input.given(),
                        "permissions",
                        String.join(", ", wanted)));
    }

    @Override
    public Role apply(Actor actor, Input input, Plan plan) {
        Set<String> wanted = desk.read(actor, input.given(), input.permissions(), Optional.empty());
        Role role = roles.make(actor.team(), input.given(), wanted);
        feed.changed(actor.team(), "roles");
        return role;
    }
}
