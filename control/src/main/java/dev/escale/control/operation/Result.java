package dev.escale.control.operation;

import java.time.Instant;

/** What came of an operation. */
public sealed interface Result<R> {

    record Applied<R>(R value) implements Result<R> {}

    /** Nothing was changed. {@link Operations#apply} with the id does it, until it expires. */
    record Planned<R>(String planId, Plan plan, Instant expiresAt) implements Result<R> {}

    /** The value of an operation that ran in {@link Mode#APPLY}. */
    default R applied() {
        return switch (this) {
            case Applied<R> applied -> applied.value();
            case Planned<R> planned ->
                    throw new IllegalStateException(planned.planId() + " was only planned");
        };
    }
}
