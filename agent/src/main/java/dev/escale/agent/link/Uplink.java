package dev.escale.agent.link;

import dev.escale.protocol.FromAgent;

/** The way up for what may be lost. What must not be lost goes through the {@link Outbox}. */
public interface Uplink {
    /**
     * @return false when the message is dropped: no connection, or the last ones are not out yet
     */
    boolean offer(FromAgent message);

    /** As {@link #offer}, but also while the last ones are not out: for short answers. */
    void answer(FromAgent message);

    /**
     * The number of the connection that stands, counted from 1; 0 when there is none. What belongs
     * to one connection ends with it.
     */
    long connection();
}
