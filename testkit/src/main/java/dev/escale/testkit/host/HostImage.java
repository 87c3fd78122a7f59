package dev.escale.testkit.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.testkit.TestCache;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The Debian 12 tree that every test host starts from. Made once (a minute and a half, 800 MB) by
 * debootstrap and apt, then kept in the test cache; hosts write into layers above it.
 */
final class HostImage {
    private static final String SUITE = "bookworm";
    private static final List<String> BASE =
            List.of(
                    "ca-certificates",
                    "systemd",
                    "systemd-sysv",
                    "dbus",
                    "libpam-systemd",
                    "procps",
                    "iproute2");
    private static final List<String> PACKAGES =
            List.of("nginx", "nodejs", "npm", "git", "curl", "openssl", "nftables");

    private HostImage() {}

    /** The tree; whoever comes first makes it, others wait. */
    static Path tree() {
        String recipe = Integer.toHexString((SUITE + BASE + PACKAGES).hashCode());
        return TestCache.entry("debian-12-" + recipe, HostImage::make);
    }

    private static void make(Path tree) {
        say("making the Debian 12 tree for test hosts, once, 1–2 minutes …");
        Program.of(
                        "debootstrap",
                        "--variant=minbase",
                        "--include=" + String.join(",", BASE),
                        SUITE,
                        tree.toString())
                .within(Duration.ofMinutes(10))
                .run();
        installPackages(tree);
        leaveNothingPersonal(tree);
    }

    private static void installPackages(Path tree) {
        Path noServices = tree.resolve("usr/sbin/policy-rc.d");
        try {
            Files.copy(
                    Path.of("/etc/resolv.conf"),
                    tree.resolve("etc/resolv.conf"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(noServices, "#!/bin/sh\nexit 101\n", UTF_8);
            noServices.toFile().setExecutable(true);

            var install =
                    new ArrayList<>(
                            List.of(
                                    "chroot",
                                    tree.toString(),
                                    "apt-get",
                                    "install",
                                    "-y",
                                    "-q",
                                    "--no-install-recommends"));
            install.addAll(PACKAGES);
            Program.of(install)
                    .withCleanEnvironment()
                    .with("DEBIAN_FRONTEND", "noninteractive")
                    .within(Duration.ofMinutes(10))
                    .run();
            Program.of("chroot", tree.toString(), "apt-get", "clean").run();
            Files.delete(noServices);
            Files.writeString(tree.resolve("etc/resolv.conf"), "", UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void leaveNothingPersonal(Path tree) {
        try {
            Files.deleteIfExists(tree.resolve("etc/machine-id"));
            Files.writeString(tree.resolve("etc/machine-id"), "", UTF_8);
            Files.deleteIfExists(tree.resolve("etc/hostname"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String what) {
        System.err.println("[testkit] " + what);
    }
}
