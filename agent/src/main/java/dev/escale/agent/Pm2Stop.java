package dev.escale.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a PM2 daemon of ours and, with it, the apps: it does that by itself on SIGTERM. */
record Pm2Stop(Path pm2Home) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    void run() throws IOException, InterruptedException {
        Optional<ProcessHandle> daemon = daemon();
        if (daemon.isEmpty()) {
            return;
        }
        daemon.get().destroy();
        try {
            daemon.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stuck) {
            daemon.get().destroyForcibly();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The process id in the file may belong to another program by now; the daemon names its home.
     */
    private Optional<ProcessHandle> daemon() throws IOException {
        Path file = pm2Home.resolve("pm2.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String pid = Files.readString(file).strip();
        Path line = Path.of("/proc", pid, "cmdline");
        if (!pid.matches("[0-9]{1,10}") || !Files.exists(line)) {
            return Optional.empty();
        }
        return Files.readString(line).contains("(" + pm2Home + ")")
                ? ProcessHandle.of(Long.parseLong(pid))
                : Optional.empty();
    }
}
