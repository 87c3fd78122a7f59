package dev.escale.protocol;

public enum StepState {
    WORKING,
    DONE,
    FAILED,
    SKIPPED
}
