package dev.escale.protocol;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where the commit comes from.
 *
 * @param url https, ssh, git or file URL
 * @param ref branch or full ref that holds the commit
 * @param commit full SHA-1; null means whatever the ref points to when the agent fetches
 * @param token bearer for our own Git endpoint, short-lived; travels to git in its environment,
 *     never as an argument
 */
@Json
public record Source(String url, String ref, @Nullable String commit, @Nullable String token) {
    @Override
    public String toString() {
        return "Source["
                + url
                + " "
                + ref
                + " "
                + commit
                + (token == null ? "" : " token •••")
                + "]";
    }
}
