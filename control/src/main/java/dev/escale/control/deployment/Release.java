package dev.escale.control.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment left on the server.
 *
 * @param kept whether its folder is still there, so that it can be served again
 * @param current whether it serves now
 */
public record Release(
        long number,
        DeploymentId deployment,
        @Nullable String commit,
        @Nullable String subject,
        boolean kept,
        boolean current,
        Instant createdAt) {}
