package dev.escale.agent.command;

/**
 * The end of the agent on this server: what {@code Leave} comes down to after the apps are gone.
 */
@FunctionalInterface
public interface Departure {
    /**
     * Called when the answer to {@code Leave} is on disk. Returns soon; the rest happens by itself.
     */
    void depart();
}
