package dev.escale.control.server;

import dev.escale.protocol.Metrics;
import java.util.Optional;

/** A server in the list. */
public record ServerRow(ServerFace face, int apps, Optional<Metrics> latest) {}
