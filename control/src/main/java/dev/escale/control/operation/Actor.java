package dev.escale.control.operation;

import dev.escale.control.db.TeamId;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody who was authenticated, and what they may do in one team.
 *
 * @param id of the person, token or server
 * @param permissions names such as {@code app.deploy}; {@code *} is all
 * @param locale language for what is answered
 */
public record Actor(
        ActorType type,
        String id,
        String name,
        TeamId team,
        Set<String> permissions,
        Origin origin,
        Locale locale) {
    public static final String EVERYTHING = "*";

    public Actor {
        permissions = Set.copyOf(permissions);
    }

    /** Escale itself, acting for a team: timers, and what follows from an agent's report. */
    public static Actor system(TeamId team) {
        return new Actor(
                ActorType.SYSTEM,
                "system",
                "Escale",
                team,
                Set.of(EVERYTHING),
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    public boolean may(String permission) {
        return permissions.contains(EVERYTHING) || permissions.contains(permission);
    }
}
