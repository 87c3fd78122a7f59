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
 * serves, and of the deployments under way, of which one may build and one be watched.
 */
public record AppSecrets(Path agentHome) {
    public Collection<String> of(String app) {
        var states = new AppStates(agentHome);
        try {
            // first what builds: on its way to the rollout it is in both for a moment
            Stream<Map<String, EnvValue>> building =
                    new BuildingFile(states.folder(app)).read().map(Building::env).stream();
            Stream<Map<String, EnvValue>> state =
                    states.load(app).stream().flatMap(AppSecrets::environments);
            return Stream.concat(building, state).flatMap(AppSecrets::secret).distinct().toList();
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
