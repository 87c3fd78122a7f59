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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code team.transfer}: another member owns the team, and whoever owned it until now is an admin
 * of it. Both or neither.
 */
@Component
public class TransferTeam implements Operation<TransferTeam.Input, TransferTeam.Transferred> {
    private static final MemberGrant OWNER = MemberGrant.everywhere(BuiltInRole.OWNER);
    private static final MemberGrant ADMIN = MemberGrant.everywhere(BuiltInRole.ADMIN);

    private final Database database;
    private final Members members;
    private final MemberTargets targets;
    private final InvitationLinks people;
    private final TeamFeed feed;

    TransferTeam(
            Database database,
            Members members,
            MemberTargets targets,
            InvitationLinks people,
            TeamFeed feed) {
        this.database = database;
        this.members = members;
        this.targets = targets;
        this.people = people;
        this.feed = feed;
    }

    /**
     * @param person id of the member who is to own it
     */
    public record Input(@Nullable String person) {
        String id() {
            return person == null ? "" : person.strip();
        }
    }

    /** Who owns it now. */
    public record Transferred(String person, String name) {}

    @Override
    public String name() {
        return "team.transfer";
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
        return Detail.of("person", input.id());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return MemberTargets.target(targets.member(actor, input.id()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Member giver = giver(actor);
        Member taker = taker(actor, input, giver);
        return new Plan(
                List.of(
                        PlanItem.of("~", "plan.team.owner", "name", taker.name()),
                        PlanItem.of("~", "plan.team.stepsDown", "name", giver.name())),
                List.of(),
                List.of(),
                List.of(PlanItem.of("!", "plan.team.transferBack", "name", taker.name())),
                true,
                Fingerprint.of(giver, taker));
    }

    @Override
    public Transferred apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    Member giver = giver(actor);
                    Member taker = taker(actor, input, giver);
                    members.change(actor.team(), taker.person(), List.of(OWNER));
                    members.change(actor.team(), giver.person(), List.of(ADMIN));
                    feed.rights(actor.team(), taker.person());
                    feed.rights(actor.team(), giver.person());
                    return new Transferred(taker.person(), taker.name());
                });
    }

    /** Only whoever owns something gives it away. */
    private Member giver(Actor actor) {
        Member giver = targets.member(actor, people.person(actor));
        if (!giver.owns()) {
            throw ProblemException.of(403, "permission.missing", "permission", name());
        }
        return giver;
    }

    private Member taker(Actor actor, Input input, Member giver) {
        Member taker = targets.member(actor, input.id());
        if (taker.person().equals(giver.person())) {
            throw ProblemException.of(409, "team.transferToYourself");
        }
        return taker;
    }
}
