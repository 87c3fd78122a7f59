package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code member.remove}: a member leaves, and all that let them in ends with it. */
@Component
public class RemoveMember implements Operation<RemoveMember.Input, RemoveMember.Removed> {
    private final Database database;
    private final Members members;
    private final MemberTargets targets;
    private final GrantDesk desk;
    private final List<Departure> departures;
    private final TeamFeed feed;

    RemoveMember(
            Database database,
            Members members,
            MemberTargets targets,
            GrantDesk desk,
            List<Departure> departures,
            TeamFeed feed) {
        this.database = database;
        this.members = members;
        this.targets = targets;
        this.desk = desk;
        this.departures = departures;
        this.feed = feed;
    }

    /**
     * @param person id
     */
    public record Input(String person) {}

    public record Removed(String person) {}

    @Override
    public String name() {
        return "member.remove";
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
        return Detail.of("person", input.person());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return MemberTargets.target(targets.member(actor, input.person()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Member member = targets.member(actor, input.person());
        desk.refuseMoreThanOwn(actor, member.grants());
        targets.refuseLastOwner(actor.team(), member);
        return leaving(member);
    }

    static Plan leaving(Member member) {
        return new Plan(
                List.of(PlanItem.of("-", "plan.member.remove", "name", member.name())),
                List.of(),
                List.of(PlanItem.of("-", "plan.member.tokens", "name", member.name())),
                List.of(PlanItem.of("!", "plan.member.wayBack")),
                true,
                Fingerprint.of(member.person(), member.grants()));
    }

    @Override
    public Removed apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    Member member = targets.member(actor, input.person());
                    desk.refuseMoreThanOwn(actor, member.grants());
                    targets.refuseLastOwner(actor.team(), member);
                    members.remove(actor.team(), member.person());
                    departures.forEach(each -> each.left(actor.team(), member.person()));
                    feed.rights(actor.team(), member.person());
                    return new Removed(member.person());
                });
    }
}
