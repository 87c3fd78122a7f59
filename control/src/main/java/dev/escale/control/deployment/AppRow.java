package dev.escale.control.deployment;

import dev.escale.control.server.Server;
import dev.escale.protocol.Metrics.AppMetrics;
import java.util.Optional;

/** An app in the list. */
public record AppRow(AppFace face, Optional<Server> server, Optional<AppMetrics> metrics) {}
