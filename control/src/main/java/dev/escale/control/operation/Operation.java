package dev.escale.control.operation;

import java.util.Map;

/**
 * Something that changes the world, declared once and offered at several doors. Beans of this type
 * are found by {@link Operations}.
 *
 * @param <I> what is asked for; as JSON it is kept with the plan
 * @param <R> what applying answers
 */
public interface Operation<I extends Record, R> {
    /** Dotted, such as {@code app.deploy}; the action in the audit log. */
    String name();

    /** Usually the same as the name. */
    default String permission() {
        return name();
    }

    /** Whether a role can have it; not when only an agent ever asks for it. */
    default boolean grantable() {
        return true;
    }

    /** Whether it must be confirmed by the id of its plan. */
    default boolean destructive() {
        return false;
    }

    Class<I> input();

    /**
     * @throws ProblemException with 404 when it is not of the actor's team
     */
    Target target(Actor actor, I input);

    /**
     * Validates and looks, changes nothing.
     *
     * @throws ProblemException with all faults of the input
     */
    Plan plan(Actor actor, I input);

    /** Does it. The plan was made a moment ago. */
    R apply(Actor actor, I input, Plan plan);

    /**
     * What was asked for, for the audit log: as it was given, before it is checked, without secrets
     * and without values that may be one. See {@link Detail}.
     */
    Map<String, String> asked(I input);

    /** What it was done to, for the audit log; of what was made, the id is known only now. */
    default Target done(Target planned, R result) {
        return planned;
    }

    /** What came of it, for the audit log, without secrets. */
    default Map<String, String> came(R result) {
        return Map.of();
    }
}
