package dev.escale.control.operation;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.AuditTrail.Line;
import dev.escale.control.operation.AuditTrail.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of an operation, and how it is written down.
 *
 * @param id the same in all its entries
 * @param plan id of the plan that was confirmed
 */
record Attempt<I extends Record, R>(
        String id, Actor actor, Operation<I, R> operation, I input, @Nullable String plan) {

    static <I extends Record, R> Attempt<I, R> of(
            Actor actor, Operation<I, R> operation, I input, @Nullable String plan) {
        return new Attempt<>(Ids.random("op"), actor, operation, input, plan);
    }

    /** What it is about to be done to, and what that would change. */
    record Prepared(Target target, Plan plan) {}

    /**
     * @throws ProblemException when it may not or cannot be done
     */
    Prepared prepare() {
        ProblemException.throwIfAny(Texts.faults(input));
        String permission = operation.permission();
        if (!actor.may(permission)) {
            throw ProblemException.of(403, "permission.missing", "permission", permission);
        }
        Target target = operation.target(actor, input);
        Reads.check(actor, permission, target);
        return new Prepared(target, operation.plan(actor, input));
    }

    Line refused(Problem problem) {
        return line(
                Phase.REFUSED,
                null,
                targetIfKnown(),
                problem.code(),
                joined(operation.asked(input), Detail.of(problem)));
    }

    Line intent(Prepared prepared) {
        return line(
                Phase.INTENT,
                null,
                prepared.target(),
                null,
                joined(operation.asked(input), Detail.of(prepared.plan())));
    }

    Line done(Prepared prepared, R value, OrdersGiven orders) {
        return ended(
                operation.done(prepared.target(), value), "done", operation.came(value), orders);
    }

    Line stopped(Prepared prepared, Problem problem, OrdersGiven orders) {
        return ended(prepared.target(), problem.code(), Detail.of(problem), orders);
    }

    Line failed(Prepared prepared, OrdersGiven orders) {
        return ended(prepared.target(), "failed", Map.of(), orders);
    }

    private Line ended(
            Target target, String outcome, Map<String, String> facts, OrdersGiven orders) {
        List<String> commands = orders.commands();
        return line(
                Phase.OUTCOME,
                commands.isEmpty() ? null : commands.getFirst(),
                target,
                outcome,
                commands.size() < 2
                        ? facts
                        : joined(facts, Detail.of("commands", String.join(" ", commands))));
    }

    private Line line(
            Phase phase,
            @Nullable String command,
            Target target,
            @Nullable String outcome,
            Map<String, String> detail) {
        return new Line(id, phase, plan, command, actor, operation.name(), target, outcome, detail);
    }

    private Target targetIfKnown() {
        try {
            ProblemException.throwIfAny(Texts.faults(input));
            return operation.target(actor, input);
        } catch (ProblemException unknown) {
            String name = operation.name();
            int dot = name.indexOf('.');
            return Target.of(dot < 0 ? name : name.substring(0, dot), "", "");
        }
    }

    private static Map<String, String> joined(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new LinkedHashMap<>(one);
        all.putAll(other);
        return all;
    }
}
