package dev.escale.control.server;

import dev.escale.control.server.HostedApps.HostedApp;
import dev.escale.protocol.Metrics;
import java.util.List;
import java.util.Optional;

/** What the page of one server shows. */
public record ServerOverview(
        ServerFace face, Optional<Metrics> latest, ServerCharts charts, List<HostedApp> apps) {}
