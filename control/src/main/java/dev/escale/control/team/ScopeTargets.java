package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import java.util.List;
import java.util.Optional;

/** The things of one kind that a role can be narrowed to. Whoever keeps them knows them. */
public interface ScopeTargets {
    Scope.Kind kind();

    /**
     * @param idOrName as people and scripts name one
     * @return empty also when it is a secret to the actor
     */
    Optional<Target> find(Actor actor, String idOrName);

    /** Those that the actor may look at. */
    List<Target> all(Actor actor);
}
