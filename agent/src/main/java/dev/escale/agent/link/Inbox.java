package dev.escale.agent.link;

/** Takes commands as they come off the wire, one at a time, in order. Must not block for long. */
@FunctionalInterface
public interface Inbox {
    /**
     * @param jws unverified
     */
    void command(String jws);
}
