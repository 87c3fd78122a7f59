package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Target;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a team with its owner; that is the first entry of its record. */
@Component
public class Founding {
    private static final int LONGEST_BASE = 30;

    private final Database database;
    private final Teams teams;
    private final Members members;
    private final AuditTrail audit;

    Founding(Database database, Teams teams, Members members, AuditTrail audit) {
        this.database = database;
        this.teams = teams;
        this.members = members;
        this.audit = audit;
    }

    /**
     * A team that is not there yet, with a slug that is free.
     *
     * @param wish what the slug should be like
     */
    public Team planned(String name, String wish) {
        String base = TeamSlug.of(wish);
        base = base.substring(0, Math.min(LONGEST_BASE, base.length())).replaceAll("-$", "");
        boolean free = TeamSlug.faults(name, base, teams, java.util.Optional.empty()).isEmpty();
        String slug = free ? base : (base + "-" + suffix()).replaceAll("^-", "");
        return new Team(new TeamId(Ids.random("tm")), slug, name);
    }

    /**
     * @param founder whose entries go to the record of this team from here on
     * @param owner the person who owns it
     */
    public Team found(Team planned, Actor founder, String owner) {
        return database.write(
                planned.id(),
                tx -> {
                    Team team = teams.make(planned.id(), planned.slug(), planned.name());
                    members.join(
                            team.id(), owner, List.of(MemberGrant.everywhere(BuiltInRole.OWNER)));
                    audit.record(founded(founder, team));
                    return team;
                });
    }

    private static String suffix() {
        String id = Ids.random("x");
        return id.substring(id.length() - 6);
    }

    private static AuditTrail.Line founded(Actor actor, Team team) {
        var founder =
                new Actor(
                        actor.type(),
                        actor.id(),
                        actor.name(),
                        team.id(),
                        actor.grants(),
                        actor.origin(),
                        actor.locale());
        return AuditTrail.Line.event(
                Ids.random("op"),
                founder,
                "team.create",
                Target.of("team", team.id().value(), team.name()),
                "done",
                Detail.of("slug", team.slug()));
    }
}
