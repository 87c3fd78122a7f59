package dev.escale.testkit.forge;

import dev.escale.testkit.TestCache;
import dev.escale.testkit.program.Program;
import java.nio.file.Path;
import java.time.Duration;

/** What plays the forges, from npm, with the Node.js that it needs; installed once. */
final class ForgePackages {
    private static final String GITHUB = "emulate@0.12.2";
    private static final String GITLAB = "oauth2-mock-server@9.3.0";
    private static final String NODE = "node-linux-%s@22.23.3";

    private ForgePackages() {}

    static Path node() {
        return modules().resolve("node-linux-" + architecture() + "/bin/node");
    }

    static Path gitHub() {
        return modules().resolve("emulate/dist/index.js");
    }

    static Path gitLab() {
        return modules().resolve("oauth2-mock-server/dist/index.mjs");
    }

    private static Path modules() {
        return TestCache.entry("forges-" + GITHUB + "-" + GITLAB, ForgePackages::install)
                .resolve("node_modules");
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
                        "--ignore-scripts",
                        GITHUB,
                        GITLAB,
                        NODE.formatted(architecture()))
                .in(folder)
                .within(Duration.ofMinutes(5))
                .run();
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    }
}
