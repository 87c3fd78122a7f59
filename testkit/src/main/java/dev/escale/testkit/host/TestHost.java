package dev.escale.testkit.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One Debian 12 host with an address, and with systemd and journald unless it is to have none. Its
 * disk is a layer above the shared tree: it outlives reboots and power cuts and goes when the host
 * is closed.
 */
public final class TestHost implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(60);

    private final String name;
    private final Init init;
    private final HostNetwork.Link link;
    private final Path folder;
    private Running machine;

    /** What runs as its first process. */
    enum Init {
        SYSTEMD,
        /** Nothing that starts services: they are started by their scripts in /etc/init.d. */
        NONE
    }

    private TestHost(String name, Init init, HostNetwork.Link link, Path folder) {
        this.name = name;
        this.init = init;
        this.link = link;
        this.folder = folder;
        this.machine = powerOn();
    }

    static TestHost boot(String name, Init init, HostNetwork.Link link, Path folder) {
        mount(folder);
        write(folder, "etc/hostname", name + "\n");
        write(folder, "etc/hosts", "127.0.0.1 localhost\n" + link.address() + " " + name + "\n");
        var host = new TestHost(name, init, link, folder);
        host.awaitBooted();
        return host;
    }

    public String name() {
        return name;
    }

    public String address() {
        return link.address();
    }

    /** Root's view of a file on the host's disk. */
    public Path file(String absolute) {
        return folder.resolve("root").resolve(absolute.substring(1));
    }

    /** A program inside the host, as root, with a login's plain environment. */
    public Program program(String... arguments) {
        var entered =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "-t",
                                Long.toString(firstProcess()),
                                "-m",
                                "-u",
                                "-i",
                                "-n",
                                "-p",
                                "-C",
                                "--"));
        entered.addAll(List.of(arguments));
        return Program.of(entered)
                .withCleanEnvironment()
                .with("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .with("HOME", "/root")
                .with("LANG", "C.UTF-8");
    }

    public String run(String... arguments) {
        return program(arguments).run();
    }

    /** A line typed into a root shell on the host. */
    public String shell(String line) {
        return run("sh", "-c", line);
    }

    public boolean serviceIsActive(String unit) {
        return program("systemctl", "is-active", "--quiet", unit).attempt().exit() == 0;
    }

    /** Pulls its network cable. */
    public void cut() {
        link.cut();
    }

    public void heal() {
        link.heal();
    }

    /**
     * An orderly reboot; returns when the host is up again. (nspawn ends with 133 when its host
     * reboots and leaves it to its starter to start it anew.)
     */
    public void reboot() {
        program("systemctl", "reboot").attempt();
        Wait.until(name + " to go down", BOOT, () -> !machine.alive());
        machine.close();
        machine = powerOn();
        awaitBooted();
    }

    /** The plug is pulled, and put back. */
    public void powerCycle() {
        machine.kill();
        Wait.until(name + " to be off", Duration.ofSeconds(10), () -> !machine.alive());
        machine = powerOn();
        awaitBooted();
    }

    /** What it wrote on its console, for the moment when a test fails. */
    public String console() {
        return machine.output();
    }

    public String journal(String unit) {
        return program("journalctl", "--no-pager", "-q", "-u", unit).attempt().output();
    }

    @Override
    public void close() {
        machine.kill();
        link.close();
        RunName.remove(folder);
    }

    private void awaitBooted() {
        Wait.until(
                name + " to boot",
                BOOT,
                () -> machine.handle().children().findAny().isPresent() && isUp());
    }

    private boolean isUp() {
        if (init == Init.NONE) {
            return program("true").attempt().exit() == 0;
        }
        String state = program("systemctl", "is-system-running").attempt().output().strip();
        return state.equals("running") || state.equals("degraded");
    }

    /** PID 1 of the host, as this machine numbers it. */
    private long firstProcess() {
        return machine.handle()
                .children()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is down:\n" + console()))
                .pid();
    }

    private static void mount(Path folder) {
        try {
            for (String part : List.of("upper", "work", "root")) {
                Files.createDirectories(folder.resolve(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String layers =
                "lowerdir="
                        + HostImage.tree()
                        + ",upperdir="
                        + folder.resolve("upper")
                        + ",workdir="
                        + folder.resolve("work");
        Program.of(
                        "mount",
                        "-t",
                        "overlay",
                        "overlay",
                        "-o",
                        layers,
                        folder.resolve("root").toString())
                .run();
    }

    private Running powerOn() {
        var nspawn =
                new ArrayList<>(
                        List.of(
                                "systemd-nspawn",
                                "--quiet",
                                "--directory=" + folder.resolve("root"),
                                "--machine=" + link.namespace(),
                                "--hostname=" + name,
                                "--register=no",
                                "--keep-unit",
                                // A host of its own may have a firewall.
                                "--capability=CAP_NET_ADMIN",
                                "--network-namespace-path=/run/netns/" + link.namespace(),
                                "--link-journal=no",
                                "--resolv-conf=off",
                                "--timezone=off",
                                "--console=pipe"));
        nspawn.addAll(
                switch (init) {
                    case SYSTEMD -> List.of("--boot");
                    case NONE -> List.of("--as-pid2", "sleep", "infinity");
                });
        return Program.of(nspawn).start(folder.resolve("console.log"));
    }

    private static void write(Path folder, String file, String text) {
        try {
            Files.writeString(folder.resolve("root").resolve(file), text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
