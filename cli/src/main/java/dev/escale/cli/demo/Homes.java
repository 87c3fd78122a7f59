package dev.escale.cli.demo;

import java.nio.file.Path;

/** Where things of this machine lie. */
final class Homes {
    private Homes() {}

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * {@code ESCALE_DEMO_HOME}; else below /var/lib for root, because users of apps cannot look
     * into /root.
     */
    static Path demo() {
        return chosen("ESCALE_DEMO_HOME", "escale-demo");
    }

    static Path up() {
        return chosen("ESCALE_HOME", "escale-up");
    }

    private static Path chosen(String variable, String name) {
        String own = System.getenv(variable);
        if (own != null) {
            return Path.of(own).toAbsolutePath();
        }
        return root()
                ? Path.of("/var/lib", name)
                : Path.of(System.getProperty("user.home"), "." + name);
    }
}
