package dev.escale.control.deployment;

/** Where a deployment stands; see {@link Transitions} for how it gets there. */
public enum DeploymentState {
    /** Waits for its turn, or for its server. */
    QUEUED("queued"),
    /** The agent works on it. */
    RUNNING("running"),
    /**
     * Its release answered under the app's URL. It keeps this state when a later one replaces it.
     */
    LIVE("live"),
    /** Nothing had to be done. */
    SKIPPED("skipped"),
    /** It never served. */
    FAILED("failed"),
    /** It served and was taken back. */
    ROLLED_BACK("rolledBack"),
    /** Somebody ended it before it served. */
    CANCELLED("cancelled"),
    /** A newer one came while it was still waiting. */
    SUPERSEDED("superseded");

    private final String text;

    DeploymentState(String text) {
        this.text = text;
    }

    /** As in the contract, the database, and the key {@code status.<text>}. */
    public String text() {
        return text;
    }

    /** Whether the outcome is known. A live one may still be watched. */
    public boolean decided() {
        return this != QUEUED && this != RUNNING;
    }

    static DeploymentState of(String text) {
        for (DeploymentState state : values()) {
            if (state.text.equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
