package dev.escale.agent.command;

import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;

/** Sends the output of apps up while somebody looks at it. */
public interface LogStreams {
    Outcome follow(Order.FollowAppLog order);

    Outcome unfollow(String stream);
}
