package dev.escale.agent.pm2;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The daemon itself. Under systemd it is a unit of its own, so that neither an update nor a crash
 * of the agent touches the apps; elsewhere the agent starts it in a session of its own.
 */
final class Pm2Daemon {
    private static final String UNIT = "escale-pm2.service";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Pm2Setup setup;
    private final HostShell shell;
    private final Pm2Socket socket;

    Pm2Daemon(Pm2Setup setup, HostShell shell, Pm2Socket socket) {
        this.setup = setup;
        this.shell = shell;
        this.socket = socket;
    }

    /**
     * @return whether it had to be started: none of its apps runs then
     */
    synchronized boolean ensureRunning() throws IOException, InterruptedException {
        if (socket.answers()) {
            return false;
        }
        setup.home().prepare();
        start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!socket.answers()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the PM2 daemon does not answer after %d s; see %s"
                                .formatted(PATIENCE.toSeconds(), log()));
            }
            Thread.sleep(Duration.ofMillis(20));
        }
        return true;
    }

    private void start() throws IOException, InterruptedException {
        if (unitInstalled()) {
            HostResult result = shell.run(HostCommand.of("systemctl", "start", UNIT));
            if (!result.succeeded()) {
                throw new IOException("systemctl start " + UNIT + ": " + result.summary());
            }
            return;
        }
        var command =
                HostCommand.of(
                                List.of(
                                        setup.node(),
                                        setup.pm2().resolve("lib/Daemon.js").toString()))
                        .in(setup.home().home())
                        .with(environment());
        shell.detach(command, log());
    }

    private Map<String, String> environment() {
        return Map.of(
                "PM2_HOME",
                setup.home().home().toString(),
                "HOME",
                setup.home().home().toString(),
                "PM2_DISABLE_VERSION_CHECK",
                "1",
                "SILENT",
                "true");
    }

    private boolean unitInstalled() {
        return setup.systemdUnit() && Files.isDirectory(Path.of("/run/systemd/system"));
    }

    private Path log() {
        return setup.home().home().resolve("pm2.log");
    }
}
