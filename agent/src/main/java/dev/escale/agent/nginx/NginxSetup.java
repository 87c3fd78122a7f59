package dev.escale.agent.nginx;

import java.nio.file.Path;

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

    Path shared() {
        return sites.resolve("escale.conf");
    }

    Path site(String app) {
        return sites.resolve("escale-" + app + ".conf");
    }
}
