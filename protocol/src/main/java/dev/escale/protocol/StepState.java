package dev.escale.protocol;

public enum StepState {
    WORKING,
    DONE,
    FAILED,
    SKIPPED,
    /** It had not come to an end when its deployment did: cancelled, or out of time. */
    STOPPED
}
