package dev.escale.agent.release;

import dev.escale.protocol.EnvValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The secret values that processes of an app may know, to be masked in what they print: of what
 * serves, and of a deployment under way.
 */
public record AppSecrets(Path agentHome) {
    public Collection<String> of(String app) {
        try {
            return new AppStates(agentHome)
                    .load(app)
                    .map(state -> environments(state).flatMap(AppSecrets::secret).distinct())
                    .orElse(Stream.empty())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tell the secrets of " + app, failure);
        }
    }

    private static Stream<Map<String, EnvValue>> environments(AppState state) {
        Attempt attempt = state.attempt();
        return attempt == null
                ? Stream.of(state.env())
                : Stream.of(state.env(), attempt.env(), attempt.oldEnv());
    }

    private static Stream<String> secret(Map<String, EnvValue> environment) {
        return environment.values().stream().filter(EnvValue::secret).map(EnvValue::value);
    }
}
