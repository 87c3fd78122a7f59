package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.SecretText;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Target;
import dev.escale.control.team.BuiltInRole;
import dev.escale.control.team.MemberGrant;
import dev.escale.control.team.Members;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.List;
import java.util.Map;

/**
 * Makes the one team and its owner, when there is none, before the first request. Whoever has left
 * a team is not put back into it.
 */
final class FirstStart {
    private final Teams teams;
    private final Members members;
    private final Persons persons;
    private final Tokens tokens;
    private final AuditTrail audit;

    FirstStart(Teams teams, Members members, Persons persons, Tokens tokens, AuditTrail audit) {
        this.audit = audit;
        this.teams = teams;
        this.members = members;
        this.persons = persons;
        this.tokens = tokens;
    }

    void run(ControlConfig config) {
        Team home = teams.all().stream().findFirst().orElseGet(this::makeTeam);
        Person owner = persons.first().orElseGet(() -> persons.make("Owner"));
        if (members.all(home.id()).isEmpty()) {
            members.join(home.id(), owner.id(), List.of(MemberGrant.everywhere(BuiltInRole.OWNER)));
            happened(
                    home.id(),
                    "member.add",
                    Target.of("person", owner.id(), owner.name()),
                    Detail.of("role", BuiltInRole.OWNER.text()));
        }
        SecretText bootstrap = config.bootstrapToken();
        if (bootstrap != null) {
            teams.of(owner.id()).stream()
                    .findFirst()
                    .map(Team::id)
                    .ifPresent(team -> adopt(team, owner, bootstrap));
        }
    }

    private Team makeTeam() {
        Team team = teams.make("home", "Home");
        happened(
                team.id(),
                "team.create",
                Target.of("team", team.id().value(), team.name()),
                Detail.of("slug", team.slug()));
        return team;
    }

    private void adopt(TeamId team, Person owner, SecretText bootstrap) {
        tokens.adopt(team, owner.id(), "bootstrap", bootstrap.value())
                .ifPresent(token -> adopted(team, token));
    }

    private void adopted(TeamId team, AccessToken token) {
        happened(
                team,
                "token.create",
                Target.of("token", token.id(), token.name()),
                Detail.of("person", token.person(), "from", "ESCALE_BOOTSTRAP_TOKEN"));
    }

    private void happened(TeamId team, String action, Target target, Map<String, String> detail) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"), Actor.system(team), action, target, "done", detail));
    }
}
