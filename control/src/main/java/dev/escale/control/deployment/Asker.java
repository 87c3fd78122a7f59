package dev.escale.control.deployment;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import java.util.Locale;

/** Who asked for a deployment, as the record keeps it. */
public record Asker(ActorType type, String id, String name) {
    static Asker of(Actor actor) {
        return new Asker(actor.type(), actor.id(), actor.name());
    }

    /** In whose name the agent is told; what they might do was checked when they asked. */
    Actor in(TeamId team) {
        return new Actor(type, id, name, team, Grants.NONE, Origin.SYSTEM, Locale.ENGLISH);
    }
}
