package dev.escale.agent.pm2;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** PM2 from npm, installed once below {@code target}. */
public final class Pm2Package {
    public static final String VERSION = "7.0.4";

    private static final Path PREFIX = Path.of("target", "pm2").toAbsolutePath();

    private Pm2Package() {}

    public static synchronized Path folder() throws IOException, InterruptedException {
        Path folder = PREFIX.resolve("node_modules/pm2");
        if (!Files.exists(folder.resolve("lib/Daemon.js"))) {
            Files.createDirectories(PREFIX);
            var install =
                    HostCommand.of(
                                    "npm",
                                    "install",
                                    "--prefix",
                                    PREFIX.toString(),
                                    "--no-audit",
                                    "--no-fund",
                                    "pm2@" + VERSION)
                            .in(PREFIX)
                            .with(System.getenv())
                            .within(Duration.ofMinutes(3));
            var result = new HostShell().run(install);
            if (!result.succeeded()) {
                throw new IOException("npm install pm2: " + result.summary());
            }
        }
        return folder;
    }

    /** Ends the daemon of this home and all its apps. */
    public static void end(Path home) throws IOException {
        Path file = home.resolve("pm2.pid");
        if (Files.exists(file)) {
            long pid = Long.parseLong(Files.readString(file).strip());
            ProcessHandle.of(pid)
                    .ifPresent(
                            daemon -> {
                                var apps = daemon.descendants().toList();
                                daemon.destroyForcibly();
                                apps.forEach(ProcessHandle::destroyForcibly);
                                daemon.onExit().join();
                            });
        }
    }
}
