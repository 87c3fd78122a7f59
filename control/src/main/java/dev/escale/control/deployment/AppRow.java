package dev.escale.control.deployment;

import dev.escale.control.server.Server;
import dev.escale.protocol.Metrics.AppMetrics;
import java.util.Optional;

/**
 * An app in the list.
 *
 * @param current the deployment that made serve what does
 */
public record AppRow(
        AppFace face,
        Optional<DeploymentFace> current,
        Optional<Server> server,
        Optional<AppMetrics> metrics) {}
