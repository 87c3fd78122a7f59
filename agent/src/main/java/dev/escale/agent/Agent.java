package dev.escale.agent;

import dev.escale.agent.command.Commands;
import dev.escale.agent.command.Courses;
import dev.escale.agent.command.Journal;
import dev.escale.agent.host.FolderTree;
import dev.escale.agent.link.ControlClock;
import dev.escale.agent.link.Identity;
import dev.escale.agent.link.Link;
import dev.escale.agent.link.Outbox;
import dev.escale.agent.link.Pinned;
import dev.escale.agent.link.Pins;
import dev.escale.agent.log.AppLogSources;
import dev.escale.agent.log.LogDesk;
import dev.escale.agent.release.AppSecrets;
import dev.escale.agent.release.Deployments;
import dev.escale.agent.watch.Meter;
import dev.escale.agent.watch.Sampler;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The agent, put together from its parts. */
final class Agent {
    static final String VERSION = version();
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());

    private final AgentConfig config;
    private final Identity identity;

    Agent(AgentConfig config) {
        this.config = config;
        this.identity = new Identity(config.home());
    }

    Facts facts() throws IOException, InterruptedException {
        return Parts.of(config).facts();
    }

    String factsJson() throws IOException, InterruptedException {
        return Codec.write(Facts.class, facts());
    }

    /** Runs until the process is told to end, or the server is removed in the control plane. */
    void run() throws IOException, InterruptedException {
        Pinned pinned =
                identity.control()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "this server has not joined a control plane;"
                                                        + " use escale-agent join"));
        prepareHome();
        var clock = new ControlClock();
        try (FileChannel _ = lock();
                var outbox = new Outbox(config.home(), clock);
                var journal = new Journal(config.home(), clock)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "escale-agent {0} begins as {1}",
                    VERSION,
                    pinned.server());
            run(new Pins(identity, pinned), clock, outbox, journal);
        }
    }

    /** Stops what {@link #run} started beside itself; what is on disk stays. */
    void down() throws IOException, InterruptedException {
        if (config.nginx() == AgentConfig.NginxMode.SYSTEM) {
            throw new IOException(
                    "down is for an agent with a private Nginx; here, use the services"
                            + " escale-agent and escale-pm2");
        }
        Parts.of(config).stop();
    }

    /** What was written for the server of before is nothing to the one of now. */
    void forgetServer() throws IOException {
        FolderTree.delete(config.home().resolve("outbox"));
        FolderTree.delete(config.home().resolve("journal"));
    }

    private void run(Pins pins, ControlClock clock, Outbox outbox, Journal journal)
            throws IOException, InterruptedException {
        Parts parts = Parts.of(config);
        Deployments deployments = parts.deployments(pins.pinned());
        try (var link =
                new Link(pins, identity.key(), clock, outbox, new FreshFacts(parts), VERSION)) {
            var streams =
                    new LogDesk(
                            new AppLogSources(deployments::logs, new AppSecrets(config.home())::of),
                            link);
            var leaving =
                    new Leaving(
                            share(),
                            config.home(),
                            parts.host().shell(),
                            outbox,
                            identity,
                            () -> end(parts, link));
            var commands =
                    new Commands(
                            new Commands.State(
                                    config.home(),
                                    journal,
                                    outbox,
                                    new Courses(config.home(), outbox, clock)),
                            new Commands.Hands(deployments, streams, leaving::begin),
                            pins,
                            link,
                            clock);
            Thread.ofVirtual().name("recovery").start(() -> recover(commands));
            var sampler = new Sampler(new Meter(config.home(), clock), parts::processes, link);
            Thread watching = Thread.ofVirtual().name("metrics").start(sampler::run);
            link.run(commands);
            watching.interrupt();
        }
    }

    /** An agent that cannot put its apps right may not take orders; it is started again instead. */
    private static void recover(Commands commands) {
        try {
            commands.recover();
        } catch (IOException | RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the last run cannot be brought to its end",
                    failure);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void end(Parts parts, Link link) {
        try {
            parts.stop();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.ERROR, "cannot stop everything", failure);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        link.close();
    }

    /** Apps' users must get through to their folders; what is secret lies in closed ones. */
    private void prepareHome() throws IOException {
        Files.createDirectories(config.home());
        Files.setPosixFilePermissions(config.home(), PosixFilePermissions.fromString("rwx--x--x"));
        for (String closed : new String[] {"journal", "outbox"}) {
            Path folder = Files.createDirectories(config.home().resolve(closed));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private FileChannel lock() throws IOException {
        var file =
                FileChannel.open(
                        config.home().resolve("agent.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            throw new IOException("another agent runs with the state folder " + config.home());
        }
        return file;
    }

    private static Path share() {
        return Path.of(System.getProperty("escale.agent.share", "/opt/escale/agent/share"));
    }

    private static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
