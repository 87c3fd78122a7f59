package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code team.remove}: nobody belongs to it from then on, and all that it has goes, on its servers
 * too. Its record stays, and so does its address, which must not lead to anybody else.
 */
@Component
public class RemoveTeam implements Operation<RemoveTeam.Input, RemoveTeam.Removed> {
    private static final int MOST_NAMED = 50;

    private final Teams teams;
    private final TeamEnd end;
    private final Members members;
    private final Roles roles;
    private final OpenInvitations invitations;

    RemoveTeam(
            Teams teams, TeamEnd end, Members members, Roles roles, OpenInvitations invitations) {
        this.teams = teams;
        this.end = end;
        this.members = members;
        this.roles = roles;
        this.invitations = invitations;
    }

    public record Input() {}

    /**
     * @param state {@code removed}, or {@code removing} while servers are leaving
     */
    public record Removed(String id, String slug, String name, String state) {}

    @Override
    public String name() {
        return "team.remove";
    }

    @Override
    public boolean destructive() {
        return true;
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Map.of();
    }

    @Override
    public Map<String, String> came(Removed removed) {
        return Detail.of("state", removed.state());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Team team = own(actor);
        return Target.of("team", team.id().value(), team.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Team team = own(actor);
        refuseTheOnlyOne(team);
        List<Member> people = members.all(team.id());
        List<String> own =
                roles.all(team.id()).stream()
                        .filter(role -> !role.builtIn())
                        .map(Role::name)
                        .toList();
        int open = invitations.count(team.id());
        List<Plan> belongings = end.plans(actor);
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("-", "plan.team.remove", "name", team.name()));
        people.stream()
                .limit(MOST_NAMED)
                .forEach(each -> changes.add(item("plan.team.member", "name", each.name())));
        if (people.size() > MOST_NAMED) {
            changes.add(item("plan.team.moreMembers", "count", "" + (people.size() - MOST_NAMED)));
        }
        own.forEach(role -> changes.add(item("plan.team.role", "name", role)));
        if (open > 0) {
            changes.add(item("plan.team.invitations", "count", "" + open));
        }
        belongings.forEach(each -> changes.addAll(each.changes()));
        changes.add(PlanItem.of("=", "plan.team.record"));
        changes.add(PlanItem.of("=", "plan.team.address", "slug", team.slug()));
        List<PlanItem> lost = new ArrayList<>();
        lost.add(item("plan.team.tokens"));
        belongings.forEach(each -> lost.addAll(each.lost()));
        return new Plan(
                changes,
                belongings.stream().flatMap(each -> each.restarts().stream()).distinct().toList(),
                lost,
                List.of(PlanItem.of("!", "plan.team.wayBack")),
                true,
                Fingerprint.of(
                        people.stream().map(Member::person).toList(),
                        own,
                        open,
                        belongings.stream().map(Plan::fingerprint).toList()));
    }

    @Override
    public Removed apply(Actor actor, Input input, Plan plan) {
        Team team = own(actor);
        boolean emptied = end.begin(actor, () -> refuseTheOnlyOne(team));
        return new Removed(
                team.id().value(), team.slug(), team.name(), emptied ? "removed" : "removing");
    }

    /**
     * Somebody must be able to begin another team, and to sign in to it.
     *
     * @throws ProblemException 409 {@code team.onlyOne}
     */
    void refuseTheOnlyOne(Actor actor) {
        refuseTheOnlyOne(own(actor));
    }

    private void refuseTheOnlyOne(Team team) {
        if (teams.all().stream().allMatch(each -> each.id().equals(team.id()))) {
            throw ProblemException.of(409, "team.onlyOne", "name", team.name());
        }
    }

    private Team own(Actor actor) {
        return teams.find(actor.team())
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "team.unknown", "team", actor.team().value()));
    }

    private static PlanItem item(String code, String... facts) {
        return PlanItem.of("-", code, facts);
    }
}
