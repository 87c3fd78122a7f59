package dev.escale.agent;

import dev.escale.agent.detect.HostFacts;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.link.ControlClock;
import dev.escale.agent.link.Identity;
import dev.escale.agent.link.Link;
import dev.escale.agent.link.Outbox;
import dev.escale.agent.link.Pins;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The agent, put together from its parts. */
final class Agent {
    static final String VERSION = version();
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());

    private final AgentConfig config;
    private final HostShell shell = new HostShell();

    Agent(AgentConfig config) {
        this.config = config;
    }

    Facts facts() throws InterruptedException {
        return new HostFacts(shell, config.pm2()).gather(config.httpPort(), config.httpsPort());
    }

    String factsJson() throws InterruptedException {
        return Codec.write(Facts.class, facts());
    }

    /** Runs until the process is told to end. */
    void run() throws IOException, InterruptedException {
        Files.createDirectories(config.home());
        var identity = new Identity(config.home());
        var pinned =
                identity.control()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "this server has not joined a control plane;"
                                                        + " use escale-agent join"));
        Facts facts = facts();
        try (FileChannel lockFile = lock();
                var outbox = new Outbox(config.home(), java.time.InstantSource.system());
                var link =
                        new Link(
                                new Pins(identity, pinned),
                                identity.key(),
                                new ControlClock(),
                                outbox,
                                () -> facts,
                                VERSION)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "escale-agent {0} of server {1} begins; lock {2}",
                    VERSION,
                    pinned.server(),
                    lockFile.isOpen());
            link.run(_ -> LOG.log(System.Logger.Level.WARNING, "no command is known yet"));
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

    /** What waits for another control plane's server is nothing to this one. */
    void forgetReports() throws IOException {
        Outbox.discard(config.home());
    }

    /** Ends what the agent started here; so far that is nothing. */
    void down() {
        LOG.log(System.Logger.Level.INFO, "nothing runs");
    }

    private static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
