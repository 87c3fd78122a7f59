package dev.escale.agent.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Nginx we drive.
 *
 * @param privateInstance whether it is ours alone: own configuration, own pid file, own ports
 * @param configuration main file
 * @param sites folder of the files per app, which the main file includes
 * @param loopbackOnly whether it listens on loopback alone
 */
public record NginxSetup(
        boolean privateInstance,
        String program,
        Path prefix,
        Path configuration,
        Path sites,
        Path errorLog,
        Path pidFile,
        int httpPort,
        int httpsPort,
        boolean loopbackOnly) {
    private static final Pattern USER =
            Pattern.compile("(?m)^[ \\t]*user[ \\t]+([^\\s;]+)(?:[ \\t]+([^\\s;]+))?[ \\t]*;");

    /** The host's own Nginx, as Debian and Ubuntu install it. */
    public static NginxSetup system() {
        Path etc = Path.of("/etc/nginx");
        return new NginxSetup(
                false,
                "nginx",
                etc,
                etc.resolve("nginx.conf"),
                etc.resolve("conf.d"),
                Path.of("/var/log/nginx/error.log"),
                Path.of("/run/nginx.pid"),
                80,
                443,
                false);
    }

    /** One of ours below this folder. */
    public static NginxSetup privateIn(
            Path folder, int httpPort, int httpsPort, boolean loopbackOnly) {
        return new NginxSetup(
                true,
                "nginx",
                folder,
                folder.resolve("nginx.conf"),
                folder.resolve("sites"),
                folder.resolve("error.log"),
                folder.resolve("nginx.pid"),
                httpPort,
                httpsPort,
                loopbackOnly);
    }

    /** The group that workers read files with, as the main file says; empty when it does not. */
    public Optional<String> workersGroup() throws IOException {
        if (privateInstance && !Files.exists(configuration)) {
            new PrivateInstance(this).prepare();
        }
        return Files.exists(configuration)
                ? group(Files.readString(configuration))
                : Optional.empty();
    }

    /** Without a group of its own, the directive means the group named like the user. */
    static Optional<String> group(String configuration) {
        Matcher user = USER.matcher(configuration);
        if (!user.find()) {
            return Optional.empty();
        }
        return Optional.of(user.group(2) == null ? user.group(1) : user.group(2));
    }

    Path shared() {
        return sites.resolve("escale.conf");
    }

    Path site(String app) {
        return sites.resolve("escale-" + app + ".conf");
    }
}
