package dev.escale.agent.pm2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.host.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The folders of one daemon.
 *
 * @param home {@code PM2_HOME}, of mode 0700: PM2 opens its sockets to everybody who can reach them
 * @param launcher the script that becomes the app; apps' users can read it
 */
public record Pm2Home(Path home, Path launcher) {
    public Path rpc() {
        return home.resolve("rpc.sock");
    }

    public Path logs() {
        return home.resolve("logs");
    }

    public Path out(String app) {
        return logs().resolve(app + "-out.log");
    }

    public Path error(String app) {
        return logs().resolve(app + "-error.log");
    }

    Path pid(String app) {
        return home.resolve("pids").resolve(app + ".pid");
    }

    Path dump() {
        return home.resolve("dump.pm2");
    }

    /**
     * Makes what the daemon expects to find, and the launcher. That one is written once: a program
     * that is started for another app at that moment holds it open for writing until it is executed
     * itself, and until then nobody can execute the launcher (ETXTBSY).
     */
    public synchronized void prepare() throws IOException {
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(logs());
        Files.createDirectories(home.resolve("pids"));
        Files.createDirectories(home.resolve("modules"));
        if (!Files.exists(home.resolve("module_conf.json"))) {
            AtomicFile.write(
                    home.resolve("module_conf.json"),
                    "{\"pm2\":{\"sysmonit\":\"false\"}}",
                    "rw-------");
        }
        if (!Files.exists(home.resolve("touch"))) {
            AtomicFile.write(home.resolve("touch"), "escale", "rw-------");
        }
        Files.createDirectories(launcher.toAbsolutePath().getParent());
        String script = script();
        if (!Files.isExecutable(launcher) || !Files.readString(launcher).equals(script)) {
            AtomicFile.write(launcher, script, "rwxr-xr-x");
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Pm2Home.class.getResourceAsStream("launch")) {
            return new String(Objects.requireNonNull(in, "launch").readAllBytes(), UTF_8);
        }
    }
}
