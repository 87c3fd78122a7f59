package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code role.remove}: only of one that nobody has. */
@Component
public class RemoveRole implements Operation<RemoveRole.Input, RemoveRole.Removed> {
    private final Database database;
    private final Roles roles;
    private final TeamInvitations invitations;
    private final RoleDesk desk;
    private final TeamFeed feed;

    RemoveRole(
            Database database,
            Roles roles,
            TeamInvitations invitations,
            RoleDesk desk,
            TeamFeed feed) {
        this.database = database;
        this.invitations = invitations;
        this.roles = roles;
        this.desk = desk;
        this.feed = feed;
    }

    public record Input(String role) {}

    public record Removed(String id) {}

    @Override
    public String name() {
        return "role.remove";
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
        return Detail.of("role", input.role());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Role role = desk.own(actor, input.role());
        return Target.of("role", role.id(), role.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Role role = desk.own(actor, input.role());
        refuseIfUsed(actor, role);
        return Plan.of(
                Fingerprint.of(role), PlanItem.of("-", "plan.role.remove", "name", role.name()));
    }

    @Override
    public Removed apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    Role role = desk.own(actor, input.role());
                    refuseIfUsed(actor, role);
                    roles.remove(actor.team(), role.id());
                    feed.changed(actor.team(), "roles");
                    return new Removed(role.id());
                });
    }

    private void refuseIfUsed(Actor actor, Role role) {
        int uses =
                roles.uses(actor.team(), role.id()) + invitations.openWith(actor.team(), role.id());
        if (uses > 0) {
            throw ProblemException.of(
                    409, "role.used", "role", role.name(), "count", Integer.toString(uses));
        }
    }
}
