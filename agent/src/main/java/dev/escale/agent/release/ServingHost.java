package dev.escale.agent.release;

import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.nginx.Sites;
import dev.escale.agent.pm2.Pm2;
import java.nio.file.Path;

/**
 * The real parts that deployments use.
 *
 * @param home the agent's
 */
public record ServingHost(
        Path home, HostShell shell, SystemUsers users, Pm2 pm2, Sites sites, PortRange ports) {}
