package dev.escale.control.operation;

import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.control.operation.Attempt.Prepared;

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
        return switch (mode) {
            case Mode.DryRun dryRun -> {
                var attempt = Attempt.of(actor, operation, input, null);
                yield plans.keep(actor, operation, input, attempt.prepare().plan());
            }
            case Mode.Apply apply -> attempted(Attempt.of(actor, operation, input, null));
            case Mode.Confirmed confirmed ->
                    attempted(Attempt.of(actor, operation, input, confirmed.planId()));
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

    private <I extends Record, R> Result<R> attempted(Attempt<I, R> attempt) {
        Prepared prepared;
        try {
            prepared = attempt.prepare();
            confirm(attempt, prepared.plan());
        } catch (ProblemException refused) {
            audit.record(attempt.refused(refused.problem()));
            throw refused;
        }
        audit.record(attempt.intent(prepared));
        OrdersGiven orders = new OrdersGiven();
        R value = applied(attempt, prepared, orders);
        audit.record(attempt.done(prepared, value, orders));
        events.publish(
                new Event(
                        attempt.actor().team(),
                        "operations",
                        attempt.operation().name(),
                        prepared.target()));
        return new Result.Applied<>(value);
    }

    private <I extends Record, R> void confirm(Attempt<I, R> attempt, Plan plan) {
        String planId = attempt.plan();
        if (planId != null) {
            plans.confirm(attempt.actor(), planId, attempt.operation(), attempt.input(), plan);
        } else if (attempt.operation().destructive() || plan.destructive()) {
            var kept = plans.keep(attempt.actor(), attempt.operation(), attempt.input(), plan);
            throw ProblemException.of(409, "plan.confirmationNeeded", "plan", kept.planId());
        }
    }

    private <I extends Record, R> R applied(
            Attempt<I, R> attempt, Prepared prepared, OrdersGiven orders) {
        try {
            return orders.during(
                    () ->
                            attempt.operation()
                                    .apply(attempt.actor(), attempt.input(), prepared.plan()));
        } catch (ProblemException refused) {
            audit.record(attempt.stopped(prepared, refused.problem(), orders));
            throw refused;
        } catch (RuntimeException failure) {
            audit.record(attempt.failed(prepared, orders));
            throw failure;
        }
    }
}
