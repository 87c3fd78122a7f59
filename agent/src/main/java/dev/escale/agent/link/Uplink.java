package dev.escale.agent.link;

import dev.escale.protocol.FromAgent;

/** The way up for what may be lost. What must not be lost goes through the {@link Outbox}. */
@FunctionalInterface
public interface Uplink {
    /**
     * @return false when the message is dropped: no connection, or the last ones are not out yet
     */
    boolean offer(FromAgent message);
}
