package dev.escale.control.team;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Plan;

/** Things outside the database that a team has, and that are to go when the team is deleted. */
public interface TeamBelongings {
    /** What would go, be lost and stay. */
    Plan ending(Actor actor);

    /** Begins to let go of all of it. Part of the caller's transaction. */
    void end(Actor actor);

    /**
     * Asks again for what could not be let go of. Called every few minutes, in a transaction of the
     * team.
     *
     * @param patient false: whatever is still there is given up now
     * @return whether nothing is left
     */
    boolean ended(TeamId team, boolean patient);
}
