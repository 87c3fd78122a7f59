package dev.escale.agent.release;

import dev.escale.protocol.EnvValue;
import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * A deployment that builds, {@code building.json}: on disk so that an agent that was killed finds
 * it, and in a file of its own since another one may be watched, whose {@link Attempt} stands in
 * {@code app.json}.
 *
 * @param env what its release will be started with
 */
@Json
record Building(String deployment, long release, Map<String, EnvValue> env) {
    Building {
        env = Map.copyOf(env);
    }
}
