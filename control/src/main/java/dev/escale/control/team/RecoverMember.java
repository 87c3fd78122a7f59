package dev.escale.control.team;

import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.net.URI;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code member.recover}: a link that signs a member in who has lost every other way.
 *
 * <p>Whoever makes it could use it, and be that member. So nobody makes one for a member who may
 * more than they do, nor for one who belongs to another team, whose doors it would open as well.
 */
@Component
public class RecoverMember implements Operation<RecoverMember.Input, RecoverMember.Made> {
    private final MemberTargets targets;
    private final GrantDesk desk;
    private final TeamLookup teams;
    private final InvitationLinks actors;
    private final Recovery recovery;

    RecoverMember(
            MemberTargets targets,
            GrantDesk desk,
            TeamLookup teams,
            InvitationLinks actors,
            Recovery recovery) {
        this.targets = targets;
        this.desk = desk;
        this.teams = teams;
        this.actors = actors;
        this.recovery = recovery;
    }

    /**
     * @param person id
     */
    public record Input(String person) {}

    /**
     * @param link shown this once
     */
    public record Made(URI link) {
        @Override
        public String toString() {
            return "Made[•••]";
        }
    }

    @Override
    public String name() {
        return "member.recover";
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
        if (member.person().equals(actors.person(actor))) {
            throw ProblemException.of(409, "member.recoverSelf");
        }
        desk.refuseMoreThanOwn(actor, member.grants());
        if (teams.ofPerson(member.person()).size() > 1) {
            throw ProblemException.of(403, "member.recoverElsewhere", "name", member.name());
        }
        return Plan.of(
                Fingerprint.of(member.person(), member.grants()),
                PlanItem.of("+", "plan.member.recover", "name", member.name()));
    }

    @Override
    public Made apply(Actor actor, Input input, Plan plan) {
        return new Made(recovery.link(input.person(), actor));
    }
}
