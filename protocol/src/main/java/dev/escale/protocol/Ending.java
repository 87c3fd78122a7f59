package dev.escale.protocol;

/** How a deployment ends: see the contract's {@code status}. */
public enum Ending {
    LIVE,
    FAILED,
    ROLLED_BACK,
    CANCELLED
}
