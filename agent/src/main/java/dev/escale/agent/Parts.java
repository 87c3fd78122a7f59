package dev.escale.agent;

import dev.escale.agent.build.BuildSettings;
import dev.escale.agent.build.ReleaseBuilder;
import dev.escale.agent.build.source.GitSettings;
import dev.escale.agent.detect.HostFacts;
import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.ControlGroups;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.link.Pinned;
import dev.escale.agent.nginx.NginxSetup;
import dev.escale.agent.nginx.Sites;
import dev.escale.agent.pm2.Pm2;
import dev.escale.agent.pm2.Pm2Home;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.agent.pm2.Pm2Setup;
import dev.escale.agent.release.BlueGreenDeployments;
import dev.escale.agent.release.Builder;
import dev.escale.agent.release.Deployments;
import dev.escale.agent.release.PortGuard;
import dev.escale.agent.release.PortRange;
import dev.escale.agent.release.ServingHost;
import dev.escale.agent.watch.AppProcess;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What serves apps on this host, made from the settings. */
record Parts(AgentConfig config, ServingHost host) {
    private static final System.Logger LOG = System.getLogger(Parts.class.getName());
    private static final Path PM2_UNIT = Path.of("/etc/systemd/system/escale-pm2.service");

    static Parts of(AgentConfig config) throws IOException {
        var shell = new HostShell();
        var users = new SystemUsers(shell);
        var ports = new PortRange(config.ports().first(), config.ports().last());
        var host =
                new ServingHost(
                        config.home(),
                        shell,
                        users,
                        new Pm2(pm2(config), shell),
                        new Sites(nginx(config), shell),
                        ports);
        return new Parts(config, host);
    }

    Facts facts() throws InterruptedException {
        NginxSetup nginx = host.sites().setup();
        return new HostFacts(host.shell(), config.pm2())
                .gather(
                        nginx.httpPort(),
                        nginx.httpsPort(),
                        PortGuard.of(host).look().orElse(null),
                        config.limits().over(Limits.DEFAULT).totalSeconds());
    }

    /**
     * @param control whose Git endpoint builds fetch from
     */
    Deployments deployments(Pinned control) throws IOException, InterruptedException {
        Path authority = config.home().resolve("authority.pem");
        AtomicFile.write(authority, control.root(), "rw-r--r--");
        var deployments =
                new BlueGreenDeployments(host, builder(control, authority), config.limits());
        deployments.closePorts();
        return deployments;
    }

    /** Ends PM2 with its apps and a private Nginx, and opens the ports that are nobody's now. */
    void stop() throws IOException, InterruptedException {
        new Pm2Stop(host.pm2().home().home()).run();
        if (host.users().privileged()) {
            PortGuard.of(host).open();
        }
        if (config.nginx() == AgentConfig.NginxMode.PRIVATE) {
            host.sites().stop();
        }
    }

    /** The processes that run; none when PM2 does not answer. */
    List<AppProcess> processes() throws InterruptedException {
        try {
            return host.pm2().list().stream()
                    .filter(Pm2Process::online)
                    .map(one -> new AppProcess(one.app(), one.pid(), one.restarts()))
                    .toList();
        } catch (IOException silent) {
            LOG.log(System.Logger.Level.WARNING, "PM2 does not answer: {0}", silent.getMessage());
            return List.of();
        }
    }

    private Builder builder(Pinned control, Path authority) {
        var network = BuildSettings.network(System.getenv());
        var git = new GitSettings(control.url(), authority, false, network);
        return new ReleaseBuilder(
                host.shell(), new ControlGroups(), new BuildSettings(git, network));
    }

    private static NginxSetup nginx(AgentConfig config) throws IOException {
        return switch (config.nginx()) {
            case SYSTEM -> NginxSetup.system();
            case PRIVATE -> {
                PrivatePorts ports = PrivatePorts.of(config);
                Path folder = config.home().resolve("nginx");
                yield NginxSetup.privateIn(folder, ports.http(), ports.https(), true);
            }
        };
    }

    private static Pm2Setup pm2(AgentConfig config) {
        var home = new Pm2Home(config.home().resolve("pm2"), config.home().resolve("tools/launch"));
        boolean unit = config.nginx() == AgentConfig.NginxMode.SYSTEM && Files.exists(PM2_UNIT);
        return new Pm2Setup(home, config.pm2(), "node", unit);
    }
}
