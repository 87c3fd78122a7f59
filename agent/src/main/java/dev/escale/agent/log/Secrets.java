package dev.escale.agent.log;

import java.util.Collection;

/** Knows the secret values of apps, which must not leave the server. */
@FunctionalInterface
public interface Secrets {
    /**
     * @param app id
     */
    Collection<String> of(String app);
}
