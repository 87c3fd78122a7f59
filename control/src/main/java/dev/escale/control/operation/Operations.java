package dev.escale.control.operation;

/** The waist. */
public final class Operations {
    public <I extends Record, R> Result<R> run(
            Actor actor, Operation<I, R> operation, I input, Mode mode) {
        throw new UnsupportedOperationException(operation.name());
    }

    public Object apply(Actor actor, String planId) {
        throw new UnsupportedOperationException(planId);
    }
}
