package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * The signed greeting of the control plane.
 *
 * @param epoch grows by one with each connection of this server; a message of an older epoch is
 *     void
 * @param now the control plane's clock, from which the agent reckons the expiry of commands
 * @param nonce the nonce of the {@link FromAgent.Hello} that is answered, so that a greeting cannot
 *     be replayed
 * @param keys the keys that may sign from now on; the agent replaces its pinned set with them. A
 *     key to come is announced here, under a present one, before it signs.
 */
@Json
public record Session(String server, long epoch, Instant now, String nonce, List<SigningKey> keys) {
    public Session {
        keys = List.copyOf(keys);
    }
}
