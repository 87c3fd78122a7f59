package dev.escale.agent.release;

import dev.escale.protocol.EnvValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The secret values of the environment with which an app serves: to be masked in what it prints.
 */
public record AppSecrets(Path agentHome) {
    public Collection<String> of(String app) {
        try {
            return new AppStates(agentHome)
                    .load(app)
                    .map(
                            state ->
                                    state.env().values().stream()
                                            .filter(EnvValue::secret)
                                            .map(EnvValue::value)
                                            .toList())
                    .orElse(List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tell the secrets of " + app, failure);
        }
    }
}
