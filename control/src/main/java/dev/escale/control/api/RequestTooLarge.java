package dev.escale.control.api;

import dev.escale.control.operation.Problem;
import java.io.IOException;

/** The body is longer than what a request may bring. */
final class RequestTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    RequestTooLarge(long limit) {
        super("more than " + limit + " bytes");
        this.limit = limit;
    }

    Problem problem() {
        return problem(limit);
    }

    static Problem problem(long limit) {
        return Problem.of(413, "request.tooLarge", "limit", Long.toString(limit));
    }
}
