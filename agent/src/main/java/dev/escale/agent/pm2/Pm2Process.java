package dev.escale.agent.pm2;

import java.util.Map;
import java.util.Optional;

/**
 * A process as PM2 sees it, of those that Escale started. Its environment is left out: nothing else
 * of what PM2 tells may be logged or sent on.
 *
 * @param id PM2's own number
 * @param app id of the app
 * @param release number of the release
 * @param port that it was given
 * @param pid 0 when it does not run
 * @param status {@code online}, {@code stopped}, {@code stopping}, {@code launching}, {@code
 *     errored}, {@code waiting restart}
 * @param restarts since it was started by Escale
 * @param exitCode of its last end; 0 also when a signal ended it
 */
public record Pm2Process(
        int id,
        String name,
        String app,
        long release,
        int port,
        long pid,
        String status,
        int restarts,
        int exitCode) {

    public boolean online() {
        return status.equals("online") && pid > 0;
    }

    static Optional<Pm2Process> read(Object entry) {
        if (!(entry instanceof Map<?, ?> process
                && process.get("pm2_env") instanceof Map<?, ?> details
                && details.get("namespace") instanceof String app
                && details.get("escale_port") instanceof Number port
                && details.get("escale_release") instanceof Number release)) {
            return Optional.empty();
        }
        return Optional.of(
                new Pm2Process(
                        (int) number(details.get("pm_id")),
                        String.valueOf(details.get("name")),
                        app,
                        release.longValue(),
                        port.intValue(),
                        number(process.get("pid")),
                        String.valueOf(details.get("status")),
                        (int) number(details.get("restart_time")),
                        (int) number(details.get("exit_code"))));
    }

    private static long number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
