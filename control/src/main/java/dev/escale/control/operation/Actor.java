package dev.escale.control.operation;

import dev.escale.control.db.TeamId;
import java.util.Locale;

/**
 * Somebody who was authenticated, and what they may do in one team.
 *
 * @param id of the person, token or server
 * @param locale language for what is answered
 */
public record Actor(
        ActorType type,
        String id,
        String name,
        TeamId team,
        Grants grants,
        Origin origin,
        Locale locale) {

    /** Escale itself, acting for a team: timers, and what follows from an agent's report. */
    public static Actor system(TeamId team) {
        return new Actor(
                ActorType.SYSTEM,
                "system",
                "Escale",
                team,
                Grants.ALL,
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    /** On something of the team, though perhaps not on everything: worth offering. */
    public boolean may(String permission) {
        return grants.somewhere(permission);
    }

    public boolean may(String permission, Target target) {
        return grants.on(permission, target);
    }
}
