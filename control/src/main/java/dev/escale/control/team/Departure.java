package dev.escale.control.team;

import dev.escale.control.db.TeamId;

/**
 * What goes when a person leaves a team: whatever lets them in. Part of the caller's transaction.
 */
public interface Departure {
    void left(TeamId team, String person);
}
