package dev.escale.control.operation;

import dev.escale.control.db.Ids;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.control.operation.AuditTrail.Line;
import dev.escale.control.operation.AuditTrail.Phase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The waist: everything that changes the world goes through {@link #run}, whatever door it came in
 * by.
 *
 * <pre>
 * permission → target → validate and plan ┬→ dry run: the plan is kept, and that is all
 *                                         └→ confirmation? → audit intent → apply → audit outcome → event
 * </pre>
 *
 * A refused attempt to change something is audited as well. If the intent cannot be written,
 * nothing is done.
 */
public final class Operations {
    private final Plans plans;
    private final AuditTrail audit;
    private final Events events;

    Operations(Plans plans, AuditTrail audit, Events events) {
        this.plans = plans;
        this.audit = audit;
        this.events = events;
    }

    /**
     * @throws ProblemException when it is refused: 403 {@code permission.missing}, 404, 422 with
     *     all faults, 409 {@code plan.confirmationNeeded} with the id of the plan to confirm, 409
     *     {@code plan.changed}, 410 {@code plan.expired}, 409 {@code plan.applied}
     */
    public <I extends Record, R> Result<R> run(
            Actor actor, Operation<I, R> operation, I input, Mode mode) {
        Attempt<I, R> attempt = new Attempt<>(actor, operation, input, Ids.random("op"));
        return switch (mode) {
            case Mode.DryRun dryRun -> plans.keep(actor, operation, input, prepare(attempt).plan());
            case Mode.Apply apply -> attempted(attempt, null);
            case Mode.Confirmed confirmed -> attempted(attempt, confirmed.planId());
        };
    }

    /**
     * Applies what was planned.
     *
     * @throws ProblemException as {@link #run}, and 404 {@code plan.unknown}
     */
    public Object apply(Actor actor, String planId) {
        return apply(actor, planId, plans.planned(actor.team(), planId));
    }

    private <I extends Record, R> Object apply(
            Actor actor, String planId, Plans.Planned<I, R> planned) {
        Result<R> result = run(actor, planned.operation(), planned.input(), Mode.confirmed(planId));
        return result.applied();
    }

    private <I extends Record, R> Result<R> attempted(
            Attempt<I, R> attempt, @Nullable String planId) {
        Prepared prepared;
        try {
            prepared = prepare(attempt);
            confirm(attempt, prepared.plan(), planId);
        } catch (ProblemException refused) {
            audit.record(attempt.refused(planId, refused.problem()));
            throw refused;
        }
        audit.record(attempt.line(Phase.INTENT, planId, prepared.target(), null));
        R value = applied(attempt, prepared, planId);
        audit.record(attempt.line(Phase.OUTCOME, planId, prepared.target(), "done"));
        events.publish(
                new Event(
                        attempt.actor().team(),
                        "operations",
                        attempt.operation().name(),
                        prepared.target()));
        return new Result.Applied<>(value);
    }

    private <I extends Record, R> Prepared prepare(Attempt<I, R> attempt) {
        Operation<I, R> operation = attempt.operation();
        if (!attempt.actor().may(operation.permission())) {
            throw ProblemException.of(
                    403, "permission.missing", "permission", operation.permission());
        }
        Target target = operation.target(attempt.actor(), attempt.input());
        return new Prepared(target, operation.plan(attempt.actor(), attempt.input()));
    }

    private <I extends Record, R> void confirm(
            Attempt<I, R> attempt, Plan plan, @Nullable String planId) {
        if (planId != null) {
            plans.confirm(attempt.actor(), planId, attempt.operation(), attempt.input(), plan);
        } else if (attempt.operation().destructive() || plan.destructive()) {
            var kept = plans.keep(attempt.actor(), attempt.operation(), attempt.input(), plan);
            throw ProblemException.of(409, "plan.confirmationNeeded", "plan", kept.planId());
        }
    }

    private <I extends Record, R> R applied(
            Attempt<I, R> attempt, Prepared prepared, @Nullable String planId) {
        try {
            return attempt.operation().apply(attempt.actor(), attempt.input(), prepared.plan());
        } catch (ProblemException refused) {
            audit.record(
                    attempt.line(
                            Phase.OUTCOME, planId, prepared.target(), refused.problem().code()));
            throw refused;
        } catch (RuntimeException failure) {
            audit.record(attempt.line(Phase.OUTCOME, planId, prepared.target(), "failed"));
            throw failure;
        }
    }

    private record Prepared(Target target, Plan plan) {}

    private record Attempt<I extends Record, R>(
            Actor actor, Operation<I, R> operation, I input, String id) {

        Line line(Phase phase, @Nullable String plan, Target target, @Nullable String outcome) {
            return new Line(
                    id, phase, plan, null, actor, operation.name(), target, outcome, Map.of());
        }

        Line refused(@Nullable String plan, Problem problem) {
            return new Line(
                    id,
                    Phase.REFUSED,
                    plan,
                    null,
                    actor,
                    operation.name(),
                    targetIfKnown(),
                    problem.code(),
                    problem.facts());
        }

        private Target targetIfKnown() {
            try {
                return operation.target(actor, input);
            } catch (ProblemException unknown) {
                String name = operation.name();
                int dot = name.indexOf('.');
                return Target.of(dot < 0 ? name : name.substring(0, dot), "", "");
            }
        }
    }
}
