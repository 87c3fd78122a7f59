package dev.escale.agent.pm2;

import dev.escale.agent.host.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param name for people, in PM2's list and in each line of the log
 * @param app id of the app, PM2's namespace
 * @param command program and arguments
 * @param environment file made by {@link LaunchEnvironment}
 * @param account that it runs as; null for the daemon's own
 * @param killTimeout between SIGINT and SIGKILL
 */
public record Pm2App(
        String name,
        String app,
        long release,
        int port,
        Path directory,
        List<String> command,
        Path environment,
        @Nullable Account account,
        Duration killTimeout) {
    public Pm2App {
        command = List.copyOf(command);
    }
}
