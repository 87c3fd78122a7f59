package dev.escale.testkit.host;

import dev.escale.testkit.npm.NpmRegistry;
import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real hosts for a test: boots them, gives them addresses, takes everything away again. Needs root,
 * systemd-nspawn and debootstrap; {@link #unavailable} says what is missing.
 */
public final class TestHosts implements AutoCloseable {
    private final RunName run;
    private final HostNetwork network;
    private final NpmRegistry registry;
    private final List<TestHost> hosts = new ArrayList<>();
    private final Leftovers.Entry entry;

    private TestHosts(RunName run, HostNetwork network, NpmRegistry registry) {
        this.run = run;
        this.network = network;
        this.registry = registry;
        this.entry = Leftovers.add("test hosts", this::closeAll);
    }

    public static TestHosts open() {
        unavailable()
                .ifPresent(
                        reason -> {
                            throw new IllegalStateException(reason);
                        });
        RunName.sweep();
        RunName run = RunName.next();
        HostNetwork network = HostNetwork.open(run);
        return new TestHosts(run, network, NpmRegistry.on(network.gateway()));
    }

    /** Why there can be no test hosts here, in one sentence; empty when there can. */
    public static Optional<String> unavailable() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of(
                    "Test hosts need root (systemd-nspawn, network namespaces): run the tests as"
                            + " root.");
        }
        return Stream.of("debootstrap", "systemd-nspawn", "nsenter", "ip")
                .filter(program -> Program.of("which", program).attempt().exit() != 0)
                .findFirst()
                .map(
                        missing ->
                                "Test hosts need the program "
                                        + missing
                                        + ": apt-get install debootstrap systemd-container iproute2"
                                        + " util-linux");
    }

    /** Address of this machine that the hosts reach. */
    public String gateway() {
        return network.gateway();
    }

    /** Boots a fresh host. Its npm uses the packages that this machine's npm has fetched. */
    public TestHost start(String name) {
        return start(name, TestHost.Init.SYSTEMD);
    }

    /** The same, but nothing on it starts services; there are only their scripts. */
    public TestHost startWithoutSystemd(String name) {
        return start(name, TestHost.Init.NONE);
    }

    private TestHost start(String name, TestHost.Init init) {
        TestHost host = TestHost.boot(name, init, network.attach(name), run.folder().resolve(name));
        try {
            Files.writeString(host.file("/etc/npmrc"), "registry=" + registry.url() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hosts.add(host);
        return host;
    }

    @Override
    public void close() {
        closeAll();
        entry.done();
    }

    private void closeAll() {
        hosts.reversed().forEach(TestHost::close);
        hosts.clear();
        registry.close();
        network.close();
        RunName.remove(run.folder());
    }
}
