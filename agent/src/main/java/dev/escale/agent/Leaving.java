package dev.escale.agent;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.link.Identity;
import dev.escale.agent.link.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The last thing the agent does. Where the installer put it, a script that outlives it removes the
 * rest; elsewhere it stops what it started and ends.
 *
 * @param share folder {@code share} of the agent's image
 * @param afterwards stops what runs here and ends the agent
 */
record Leaving(
        Path share,
        Path home,
        HostShell shell,
        Outbox outbox,
        Identity identity,
        Runnable afterwards) {
    private static final System.Logger LOG = System.getLogger(Leaving.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path INSTALLED = Path.of("/var/lib/escale");

    void begin() {
        Thread.ofVirtual().name("leaving").start(this::leave);
    }

    private void leave() {
        try {
            boolean heard = outbox.awaitKept(PATIENCE);
            LOG.log(System.Logger.Level.INFO, "leaving; the answer was heard: {0}", heard);
            identity.forget();
            Path script = share.resolve("uninstall.sh");
            if (home.equals(INSTALLED) && Files.isExecutable(script)) {
                uninstall(script);
            } else {
                afterwards.run();
            }
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.ERROR, "cannot leave", failure);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** In a unit of its own, as stopping the agent's must not end it. */
    private void uninstall(Path script) throws IOException, InterruptedException {
        if (Files.isDirectory(Path.of("/run/systemd/system"))) {
            var command =
                    HostCommand.of(
                            List.of(
                                    "systemd-run",
                                    "--collect",
                                    "--unit=escale-uninstall",
                                    script.toString()));
            var result = shell.run(command);
            if (result.succeeded()) {
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "systemd-run: {0}", result.summary());
        }
        shell.detach(HostCommand.of(script.toString()), Path.of("/var/log/escale-uninstall.log"));
    }
}
