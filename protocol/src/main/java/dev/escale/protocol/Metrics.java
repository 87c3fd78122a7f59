package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * @param cpu share of all cores in use since the last sample, 0 to 1
 * @param load load average over 1 minute
 * @param diskUsed bytes on the file system of the agent's state folder
 * @param received bytes per second over all interfaces but loopback
 */
@Json
public record Metrics(
        Instant at,
        double cpu,
        double load,
        long memoryUsed,
        long memoryTotal,
        long diskUsed,
        long diskTotal,
        long received,
        long sent,
        List<AppMetrics> apps) {

    /**
     * @param cpu cores in use, 1.0 being one core; @param memory resident bytes of the app's
     *     processes
     */
    @Json
    public record AppMetrics(String app, double cpu, long memory, int restarts) {}
}
