package dev.escale.control.operation;

import java.util.List;

/** Stops an operation or request; the door renders its problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + " " + problem.facts());
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.code() + " " + problem.facts(), cause);
        this.problem = problem;
    }

    /**
     * @param pairs name, value, name, value …
     */
    public static ProblemException of(int status, String code, String... pairs) {
        return new ProblemException(Problem.of(status, code, pairs));
    }

    /** Refuses the input if there is a fault. */
    public static void throwIfAny(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.invalid(faults));
        }
    }

    public Problem problem() {
        return problem;
    }
}
