package dev.escale.agent.release;

import dev.escale.protocol.EnvValue;
import java.util.Map;

/**
 * The release that a deployment wants to serve.
 *
 * @param built whether this deployment makes it, so that it goes away when the deployment fails
 */
record Candidate(String deployment, long release, boolean built, Map<String, EnvValue> env) {
    Candidate {
        env = Map.copyOf(env);
    }
}
