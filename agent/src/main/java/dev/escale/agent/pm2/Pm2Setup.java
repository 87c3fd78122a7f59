package dev.escale.agent.pm2;

import java.nio.file.Path;

/**
 * @param pm2 the folder of PM2's npm package
 * @param node the Node.js that runs the daemon
 * @param systemdUnit whether the daemon is the unit {@code escale-pm2.service} where there is
 *     systemd
 */
public record Pm2Setup(Pm2Home home, Path pm2, String node, boolean systemdUnit) {}
