package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code team.leave}: a member goes of their own accord. */
@Component
public class LeaveTeam implements Operation<LeaveTeam.Input, RemoveMember.Removed> {
    private final Database database;
    private final Members members;
    private final MemberTargets targets;
    private final List<Departure> departures;
    private final TeamFeed feed;

    LeaveTeam(
            Database database,
            Members members,
            MemberTargets targets,
            List<Departure> departures,
            TeamFeed feed) {
        this.database = database;
        this.members = members;
        this.targets = targets;
        this.departures = departures;
        this.feed = feed;
    }

    public record Input() {}

    @Override
    public String name() {
        return "team.leave";
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
    public Target target(Actor actor, Input input) {
        return MemberTargets.target(self(actor));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        return RemoveMember.leaving(refuseLastOwner(actor));
    }

    /**
     * @throws ProblemException 409 {@code member.lastOwner}
     */
    Member refuseLastOwner(Actor actor) {
        Member member = self(actor);
        targets.refuseLastOwner(actor.team(), member);
        return member;
    }

    @Override
    public RemoveMember.Removed apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    Member member = self(actor);
                    targets.refuseLastOwner(actor.team(), member);
                    members.remove(actor.team(), member.person());
                    departures.forEach(each -> each.left(actor.team(), member.person()));
                    feed.rights(actor.team(), member.person());
                    return new RemoveMember.Removed(member.person());
                });
    }

    /** A token may do what was asked of it, but its person goes by themselves. */
    private Member self(Actor actor) {
        if (actor.type() != ActorType.PERSON) {
            throw ProblemException.of(403, "team.leaveYourself");
        }
        return targets.member(actor, actor.id());
    }
}
