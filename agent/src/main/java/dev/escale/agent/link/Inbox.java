package dev.escale.agent.link;

/** Takes commands as they come off the wire, one at a time, in order. Must not block for long. */
public interface Inbox {
    /**
     * @param jws unverified
     */
    void command(String jws);

    /** The reader of a stream that is open takes so many more lines. */
    void credit(String stream, int lines);
}
