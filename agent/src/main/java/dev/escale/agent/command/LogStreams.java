package dev.escale.agent.command;

import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;

/** Sends up what logs say, while somebody looks. */
public interface LogStreams {
    Outcome open(Order.OpenLog order);

    Outcome search(Order.SearchLog order);

    Outcome close(String stream);

    /** The reader of this stream, if it is open, takes so many more lines. */
    void credit(String stream, int lines);
}
