package dev.escale.control.team;

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

/** {@code team.update}: another name. The address stays: clones and bookmarks point to it. */
@Component
public class UpdateTeam implements Operation<UpdateTeam.Input, Team> {
    private final Teams teams;
    private final TeamFeed feed;

    UpdateTeam(Teams teams, TeamFeed feed) {
        this.teams = teams;
        this.feed = feed;
    }

    public record Input(@Nullable String name) {
        String given() {
            return name == null ? "" : name.strip();
        }
    }

    @Override
    public String name() {
        return "team.update";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("name", input.given());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Team team = own(actor);
        return Target.of("team", team.id().value(), team.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Team team = own(actor);
        ProblemException.throwIfAny(
                TeamSlug.faults(input.name(), team.slug(), teams, Optional.of(team)));
        return Plan.of(
                Fingerprint.of(team, input.given()),
                PlanItem.of("~", "plan.team.rename", "from", team.name(), "to", input.given()));
    }

    @Override
    public Team apply(Actor actor, Input input, Plan plan) {
        teams.rename(actor.team(), input.given());
        feed.changed(actor.team(), "renamed");
        return own(actor);
    }

    private Team own(Actor actor) {
        return teams.find(actor.team()).orElseThrow();
    }
}
