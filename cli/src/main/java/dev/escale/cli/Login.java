package dev.escale.cli;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line is signed in.
 *
 * @param url of the control plane, without a slash at the end
 * @param token {@code esc_…}
 * @param authority path of the pinned root certificate; null where the system's own trust is enough
 */
@Json
public record Login(String url, String token, @Nullable String authority) {
    @Override
    public String toString() {
        return "Login[" + url + ", token •••]";
    }
}
