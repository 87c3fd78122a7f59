package dev.escale.agent.release;

import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.nginx.NginxSetup;
import dev.escale.agent.nginx.Sites;
import dev.escale.agent.pm2.Pm2;
import dev.escale.agent.pm2.Pm2Home;
import dev.escale.agent.pm2.Pm2Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real parts that deployments use.
 *
 * @param home the agent's
 */
public record ServingHost(
        Path home, HostShell shell, SystemUsers users, Pm2 pm2, Sites sites, PortRange ports) {

    /**
     * The real parts below an agent's home, made ready; starts nothing.
     *
     * @param pm2Package folder of PM2's npm package
     * @param node the Node.js that runs PM2
     */
    public static ServingHost open(
            Path home, Path pm2Package, String node, NginxSetup nginx, PortRange ports)
            throws IOException {
        var shell = new HostShell();
        Files.createDirectories(home.resolve("apps"));
        Releases.mode(home, "rwx--x--x");
        Releases.mode(home.resolve("apps"), "rwx--x--x");
        var pm2Home = new Pm2Home(home.resolve("pm2"), home.resolve("tools/launch"));
        pm2Home.prepare();
        Releases.mode(home.resolve("tools"), "rwx--x--x");
        var pm2 = new Pm2(new Pm2Setup(pm2Home, pm2Package, node, !nginx.privateInstance()), shell);
        return new ServingHost(
                home, shell, new SystemUsers(shell), pm2, new Sites(nginx, shell), ports);
    }

    /** Ends what the agent itself started: a private Nginx, and a PM2 daemon that is no unit. */
    public void down() throws IOException, InterruptedException {
        if (sites.setup().privateInstance()) {
            pm2.end();
            sites.stop();
        }
    }
}
