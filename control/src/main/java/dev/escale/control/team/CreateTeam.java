package dev.escale.control.team;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code team.create}: a further team, which whoever makes it owns. It stands in the record of the
 * team that it was asked in, and is the first entry of its own.
 */
@Component
public class CreateTeam implements Operation<CreateTeam.Input, Team> {
    private final Teams teams;
    private final InvitationLinks people;
    private final Founding founding;

    CreateTeam(Teams teams, InvitationLinks people, Founding founding) {
        this.teams = teams;
        this.people = people;
        this.founding = founding;
    }

    /**
     * @param slug null: made of the name
     */
    public record Input(@Nullable String name, @Nullable String slug) {
        String given() {
            return name == null ? "" : name.strip();
        }

        String address() {
            return slug == null || slug.isBlank() ? TeamSlug.of(given()) : slug.strip();
        }
    }

    @Override
    public String name() {
        return "team.create";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("name", input.given(), "slug", input.address());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("team", "", input.given());
    }

    @Override
    public Target done(Target planned, Team team) {
        return Target.of("team", team.id().value(), team.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        ProblemException.throwIfAny(
                TeamSlug.faults(input.name(), input.address(), teams, Optional.empty()));
        return Plan.of(
                Fingerprint.of(input.address()),
                PlanItem.of(
                        "+", "plan.team.create", "name", input.given(), "slug", input.address()));
    }

    @Override
    public Team apply(Actor actor, Input input, Plan plan) {
        var team = new Team(new TeamId(Ids.random("tm")), input.address(), input.given());
        return founding.found(team, actor, people.person(actor));
    }
}
