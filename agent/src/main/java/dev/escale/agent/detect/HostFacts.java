package dev.escale.agent.detect;

import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.Memory;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Note;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers {@link Facts}. Takes some 300 ms, as it asks programs for their versions.
 *
 * @param pm2 folder of the npm package
 */
public record HostFacts(HostShell shell, Path pm2) {
    private static final Path ROOT = Path.of("/");

    /**
     * @param httpPort of the Nginx that serves sites
     * @param portsOpen why the ports of apps are open to other machines; null when they are not
     */
    public Facts gather(
            int httpPort, int httpsPort, @Nullable Note portsOpen, int deploymentSeconds)
            throws InterruptedException {
        var programs = new Programs(shell);
        return new Facts(
                hostname(),
                OsRelease.of(ROOT).prettyName(),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Memory.total(),
                init(ROOT),
                Addresses.global(),
                httpPort,
                httpsPort,
                privileged(),
                portsOpen == null,
                portsOpen,
                deploymentSeconds,
                programs.version("node", "--version"),
                programs.version("npm", "--version"),
                pm2Version(),
                programs.version("nginx", "-v"),
                programs.version("git", "--version"),
                programs.version("docker", "--version"),
                Databases.installed(ROOT));
    }

    /** systemd(1) documents this folder as the way to ask. */
    static String init(Path root) {
        if (Files.isDirectory(root.resolve("run/systemd/system"))) {
            return "systemd";
        }
        return Programs.find(root, "service").isPresent() ? "service" : "none";
    }

    private @Nullable String pm2Version() {
        try {
            String text = Files.readString(pm2.resolve("package.json"));
            return Codec.read(NpmPackage.class, text).version();
        } catch (IOException | Codec.Malformed absent) {
            return null;
        }
    }

    private static boolean privileged() {
        for (String line : lines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Uid:")) {
                return line.split("\\s+")[2].equals("0");
            }
        }
        return false;
    }

    private static String hostname() {
        List<String> name = lines(Path.of("/proc/sys/kernel/hostname"));
        if (!name.isEmpty()) {
            return name.getFirst();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            return List.of();
        }
    }

    @Json
    record NpmPackage(String version) {}
}
