package dev.escale.cli;

/** The control plane gave no answer; perhaps it is only being started again. */
final class Unreachable extends Refusal {
    private static final long serialVersionUID = 1L;

    Unreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
