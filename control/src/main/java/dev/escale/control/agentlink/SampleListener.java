package dev.escale.control.agentlink;

import dev.escale.control.db.TeamId;
import dev.escale.protocol.Metrics;

/** Takes the measurements that agents send every few seconds. Must not block. */
public interface SampleListener {
    void sample(TeamId team, ServerId server, Metrics metrics);

    /** The server went offline: no more samples for now. */
    void silent(TeamId team, ServerId server);
}
