package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.OwnedTables;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * How a team ends: at once for people, and for its servers when each has left.
 *
 * <pre>
 * begin: nobody belongs to it, belongings begin to go ─▶ (servers leave) ─▶ emptied: rows deleted
 *                                                        └ given up after 30 days
 * </pre>
 */
@Component
public class TeamEnd {
    private static final Logger LOG = LoggerFactory.getLogger(TeamEnd.class);

    /** How long servers that are away are waited for. */
    static final Duration PATIENCE = Duration.ofDays(30);

    private final Database database;
    private final Teams teams;
    private final Members members;
    private final WaysIn ways;
    private final ObjectProvider<TeamBelongings> belongings;
    private final AuditTrail audit;
    private final TeamFeed feed;

    TeamEnd(
            Database database,
            Teams teams,
            Members members,
            WaysIn ways,
            ObjectProvider<TeamBelongings> belongings,
            AuditTrail audit,
            TeamFeed feed) {
        this.database = database;
        this.teams = teams;
        this.members = members;
        this.ways = ways;
        this.belongings = belongings;
        this.audit = audit;
        this.feed = feed;
    }

    /** What lets people in, and goes at once. */
    @Component
    record WaysIn(List<Departure> departures, TeamInvitations invitations, Roles roles) {}

    List<Plan> plans(Actor actor) {
        return belongings.stream().map(each -> each.ending(actor)).toList();
    }

    /**
     * @param still throws when it must not end any more
     * @return whether nothing had to be waited for
     * @throws ProblemException 404 {@code team.unknown} when somebody was quicker
     */
    boolean begin(Actor actor, Runnable still) {
        TeamId team = actor.team();
        return database.write(
                team,
                tx -> {
                    Database.queueUpForAll(tx);
                    still.run();
                    if (!teams.remove(team)) {
                        throw ProblemException.of(404, "team.unknown", "team", team.value());
                    }
                    for (Member member : members.all(team)) {
                        members.remove(team, member.person());
                        ways.departures().forEach(each -> each.left(team, member.person()));
                    }
                    ways.invitations().forget(team);
                    ways.roles().forget(team);
                    belongings.forEach(each -> each.end(actor));
                    feed.rights(team, "");
                    return emptyIfOver(team, true);
                });
    }

    /** Those that ended and whose servers were still there; by then some may have gone. */
    void look(Instant now) {
        Round.over(
                teams.ending().entrySet(),
                LOG,
                "emptying a team that ended",
                ended -> look(ended.getKey(), now.isBefore(ended.getValue().plus(PATIENCE))));
    }

    private void look(TeamId team, boolean patient) {
        database.write(
                team,
                tx -> {
                    Database.queueUp(tx, team);
                    return emptyIfOver(team, patient);
                });
    }

    private boolean emptyIfOver(TeamId team, boolean patient) {
        boolean over = true;
        for (TeamBelongings each : belongings) {
            over &= each.ended(team, patient);
        }
        if (over) {
            database.write(
                    team,
                    tx -> {
                        OwnedTables.clear(tx, team);
                        teams.emptied(team);
                        audit.record(emptied(team));
                        return true;
                    });
        }
        return over;
    }

    private AuditTrail.Line emptied(TeamId team) {
        String name = teams.find(team).map(Team::name).orElse("");
        return AuditTrail.Line.event(
                Ids.random("op"),
                Actor.system(team),
                "team.emptied",
                Target.of("team", team.value(), name),
                "done",
                Map.of());
    }
}
