package dev.escale.agent.release;

import dev.escale.protocol.AppSpec;
import dev.escale.protocol.EnvValue;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment under way, on disk so that an agent that was killed finds it.
 *
 * @param built whether the release was made by this deployment, and goes away with it
 * @param next what it started, once it has
 * @param switching whether the link was, or may have been, moved to it
 * @param env what it was started with
 * @param old what served when it began
 * @param oldEnv and with what
 * @param oldSpec what the app was when it began
 */
@Json
record Attempt(
        String deployment,
        long release,
        boolean built,
        @Nullable Instance next,
        boolean switching,
        Map<String, EnvValue> env,
        @Nullable Instance old,
        Map<String, EnvValue> oldEnv,
        AppSpec oldSpec) {
    Attempt {
        env = Map.copyOf(env);
        oldEnv = Map.copyOf(oldEnv);
    }

    static Attempt of(Candidate candidate, AppState state) {
        return new Attempt(
                candidate.deployment(),
                candidate.release(),
                candidate.built(),
                null,
                false,
                candidate.env(),
                state.serving(),
                state.env(),
                state.spec());
    }

    Attempt starting(Instance instance) {
        return new Attempt(deployment, release, built, instance, false, env, old, oldEnv, oldSpec);
    }

    Attempt switching(Instance instance) {
        return new Attempt(deployment, release, built, instance, true, env, old, oldEnv, oldSpec);
    }
}
