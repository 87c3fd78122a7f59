package dev.escale.control.team;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import org.springframework.stereotype.Component;

/** Finds the member that a request names, and keeps a team from losing its last owner. */
@Component
class MemberTargets {
    private final Members members;

    MemberTargets(Members members) {
        this.members = members;
    }

    /**
     * @throws ProblemException 404 {@code member.unknown}
     */
    Member member(Actor actor, String person) {
        return members.find(actor.team(), person)
                .orElseThrow(() -> ProblemException.of(404, "member.unknown", "person", person));
    }

    static Target target(Member member) {
        return Target.of("person", member.person(), member.name());
    }

    /**
     * @throws ProblemException 409 {@code member.lastOwner} when nobody else owns the team
     */
    void refuseLastOwner(TeamId team, Member member) {
        boolean another =
                members.all(team).stream()
                        .anyMatch(each -> each.owns() && !each.person().equals(member.person()));
        if (member.owns() && !another) {
            throw ProblemException.of(409, "member.lastOwner", "name", member.name());
        }
    }
}
