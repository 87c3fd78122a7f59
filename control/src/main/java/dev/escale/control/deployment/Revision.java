package dev.escale.control.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What is deployed, as far as it is known.
 *
 * @param ref branch or full ref that was asked for
 * @param commit full SHA-1; null until the agent has fetched it
 */
public record Revision(
        @Nullable String ref,
        @Nullable String commit,
        @Nullable String subject,
        @Nullable String author) {
    public static final Revision UNKNOWN = new Revision(null, null, null, null);
}
