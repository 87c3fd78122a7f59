package dev.escale.testkit.control;

import dev.escale.testkit.TestCache;
import dev.escale.testkit.program.Program;
import java.nio.file.Path;
import java.time.Duration;

/** PM2 from npm, installed once into the test cache. */
public final class Pm2Package {
    private static final String VERSION = "7.0.4";

    private Pm2Package() {}

    /** The package's folder, for {@code ESCALE_AGENT_PM2}. */
    public static Path folder() {
        return TestCache.entry("pm2-" + VERSION, Pm2Package::install).resolve("node_modules/pm2");
    }

    private static void install(Path folder) {
        Program.of(
                        "npm",
                        "install",
                        "--prefix",
                        folder.toString(),
                        "--omit=dev",
                        "--no-audit",
                        "--no-fund",
                        "pm2@" + VERSION)
                .in(folder)
                .within(Duration.ofMinutes(5))
                .run();
    }
}
