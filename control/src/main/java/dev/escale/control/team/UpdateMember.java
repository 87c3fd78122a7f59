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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code member.update}: other roles for a member, in place of those they have. */
@Component
public class UpdateMember implements Operation<UpdateMember.Input, Member> {
    private final Database database;
    private final Members members;
    private final MemberTargets targets;
    private final GrantDesk desk;
    private final TeamFeed feed;

    UpdateMember(
            Database database,
            Members members,
            MemberTargets targets,
            GrantDesk desk,
            TeamFeed feed) {
        this.database = database;
        this.members = members;
        this.targets = targets;
        this.desk = desk;
        this.feed = feed;
    }

    /**
     * @param person id
     * @param grants all of them
     */
    public record Input(String person, @Nullable List<@Nullable GrantInput> grants) {}

    @Override
    public String name() {
        return "member.update";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("person", input.person(), "grants", input.grants());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return MemberTargets.target(targets.member(actor, input.person()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Member member = targets.member(actor, input.person());
        List<MemberGrant> wanted = desk.read(actor, input.grants());
        desk.refuseMoreThanOwn(actor, member.grants());
        desk.refuseMoreThanOwn(actor, wanted);
        if (!wanted.contains(MemberGrant.everywhere(BuiltInRole.OWNER))) {
            targets.refuseLastOwner(actor.team(), member);
        }
        return Plan.of(
                Fingerprint.of(member.grants(), wanted),
                PlanItem.of(
                        "~",
                        "plan.member.update",
                        "name",
                        member.name(),
                        "from",
                        desk.text(actor, member.grants()),
                        "to",
                        desk.text(actor, wanted)));
    }

    @Override
    public Member apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Database.queueUp(tx, actor.team());
                    List<MemberGrant> wanted = desk.read(actor, input.grants());
                    Member member = targets.member(actor, input.person());
                    desk.refuseMoreThanOwn(actor, member.grants());
                    if (!wanted.contains(MemberGrant.everywhere(BuiltInRole.OWNER))) {
                        targets.refuseLastOwner(actor.team(), member);
                    }
                    members.change(actor.team(), member.person(), wanted);
                    feed.rights(actor.team(), member.person());
                    return targets.member(actor, member.person());
                });
    }
}
