package dev.escale.testkit.host;

import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge with a subnet of its own and a network namespace per host. No route leads out of it: a
 * host reaches the other hosts and what listens on the bridge's address, and nothing else.
 */
final class HostNetwork implements AutoCloseable {
    private final RunName run;
    private final String bridge;
    private final String subnet;
    private final AtomicInteger hosts = new AtomicInteger();
    private final Leftovers.Entry entry;

    private HostNetwork(RunName run, String subnet) {
        this.run = run;
        this.subnet = subnet;
        this.bridge = run.bridge();
        this.entry = Leftovers.add("bridge " + bridge, this::remove);
    }

    static HostNetwork open(RunName run) {
        var network = new HostNetwork(run, freeSubnet(run));
        ip("link", "add", network.bridge, "type", "bridge");
        ip("addr", "add", network.gateway() + "/24", "dev", network.bridge);
        ip("link", "set", network.bridge, "up");
        return network;
    }

    /** Address of this machine on the bridge. */
    String gateway() {
        return subnet + "1";
    }

    Link attach(String host) {
        int number = hosts.incrementAndGet();
        var link = new Link(run.namespace(host), run.cable(number), subnet + (10 + number));
        ip("netns", "add", link.namespace);
        ip(
                "link",
                "add",
                link.cable,
                "type",
                "veth",
                "peer",
                "name",
                "host0",
                "netns",
                link.namespace);
        ip("link", "set", link.cable, "master", bridge, "up");
        ip("-n", link.namespace, "link", "set", "lo", "up");
        ip("-n", link.namespace, "addr", "add", link.address + "/24", "dev", "host0");
        ip("-n", link.namespace, "link", "set", "host0", "up");
        return link;
    }

    @Override
    public void close() {
        remove();
        entry.done();
    }

    private void remove() {
        Program.of("ip", "link", "del", bridge).attempt();
    }

    private static String freeSubnet(RunName run) {
        String taken = Program.of("ip", "-4", "-o", "addr").run();
        for (int i = 0; i < 250; i++) {
            String subnet = "10.213." + ((run.seed() + i) % 250 + 1) + ".";
            if (!taken.contains(" " + subnet)) {
                return subnet;
            }
        }
        throw new IllegalStateException("no free subnet in 10.213.0.0/16");
    }

    private static void ip(String... arguments) {
        var program = new java.util.ArrayList<>(java.util.List.of("ip"));
        program.addAll(java.util.List.of(arguments));
        Program.of(program).run();
    }

    /** A host's place on the bridge: a namespace and the cable into it, which can be cut. */
    record Link(String namespace, String cable, String address) implements AutoCloseable {
        void cut() {
            ip("link", "set", cable, "down");
        }

        void heal() {
            ip("link", "set", cable, "up");
        }

        @Override
        public void close() {
            Program.of("ip", "link", "del", cable).attempt();
            Program.of("ip", "netns", "del", namespace).attempt();
        }
    }
}
