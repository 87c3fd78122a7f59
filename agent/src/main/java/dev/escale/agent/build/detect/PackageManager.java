package dev.escale.agent.build.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How packages are installed.
 *
 * @param name for people, such as {@code npm} or {@code pnpm 9}
 * @param tool npm package that brings the program; null for npm itself
 * @param lockFile null when there is none
 * @param install program and arguments
 */
public record PackageManager(
        String name, @Nullable String tool, @Nullable String lockFile, List<String> install) {
    public PackageManager {
        install = List.copyOf(install);
    }

    static PackageManager npm(@Nullable String lockFile) {
        return new PackageManager(
                "npm",
                null,
                lockFile,
                lockFile == null
                        ? List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                        : List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"));
    }

    static PackageManager pnpm(String version, @Nullable String lockFile) {
        return new PackageManager(
                "pnpm " + version,
                "pnpm@" + version,
                lockFile,
                List.of(
                        "pnpm",
                        "install",
                        lockFile == null ? "--no-frozen-lockfile" : "--frozen-lockfile",
                        "--prefer-offline"));
    }

    static PackageManager yarnClassic(String version, @Nullable String lockFile) {
        return new PackageManager(
                "yarn " + version,
                "yarn@" + version,
                lockFile,
                lockFile == null
                        ? List.of("yarn", "install", "--no-lockfile", "--non-interactive")
                        : List.of("yarn", "install", "--frozen-lockfile", "--non-interactive"));
    }

    static PackageManager yarn(String version, @Nullable String lockFile) {
        return new PackageManager(
                "yarn " + version,
                "@yarnpkg/cli-dist@" + version,
                lockFile,
                lockFile == null
                        ? List.of("yarn", "install", "--no-immutable")
                        : List.of("yarn", "install", "--immutable"));
    }

    /** A release of yarn that lies in the repository. */
    static PackageManager committedYarn(String path, @Nullable String lockFile) {
        return new PackageManager(
                "yarn",
                null,
                lockFile,
                lockFile == null
                        ? List.of("node", path, "install", "--no-immutable")
                        : List.of("node", path, "install", "--immutable"));
    }
}
