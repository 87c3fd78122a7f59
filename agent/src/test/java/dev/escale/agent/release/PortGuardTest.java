package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real nft, in a network namespace of the test's own. */
class PortGuardTest {
    private static final Path INSTALLED = Path.of("/var/lib/escale");
    private static final Set<Integer> APPS = Set.of(3000, 21_000);
    private static final Path DEMO = Path.of("/root/.escale/agent");

    @TempDir private Path home;
    private final HostShell shell = new HostShell();
    private final String network = "escale-guard-" + ProcessHandle.current().pid();

    @BeforeEach
    void makeNetwork() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "nft needs root");
        assertThat(shell.run(HostCommand.of("ip", "netns", "add", network)).succeeded()).isTrue();
    }

    @AfterEach
    void endNetwork() throws Exception {
        shell.run(HostCommand.of("ip", "netns", "delete", network));
    }

    @Test
    void agentsOnOneMachineDoNotOpenEachOthersPorts() throws Exception {
        PortGuard installed = guard(INSTALLED, "nft");
        PortGuard demo = guard(DEMO, "nft");

        assertThat(installed.close(APPS)).isEmpty();
        assertThat(demo.close(APPS)).isEmpty();
        assertThat(tables()).containsExactlyInAnyOrder("escale", demo.table());

        demo.open();
        assertThat(tables()).containsExactly("escale");
        assertThat(installed.look()).isEmpty();
        assertThat(demo.look()).contains(Note.of(Notes.PORTS_OPEN));
    }

    @Test
    void closesThePortsOnceHoweverOftenItIsAsked() throws Exception {
        PortGuard guard = guard(DEMO, "nft");

        guard.close(Set.of());
        guard.close(APPS);

        assertThat(guard.table()).matches("escale_[0-9a-f]{8}");
        assertThat(nft("list", "table", "inet", guard.table()).out())
                .containsOnlyOnce("elements = { 3000, 21000 }")
                .containsOnlyOnce("reject with tcp reset");
    }

    @Test
    void saysWhyThePortsStayOpen() throws Exception {
        assertThat(guard(INSTALLED, "no-such-nft").close(APPS))
                .contains(Note.of(Notes.PORTS_NEED_NFT));
        assertThat(guard(INSTALLED, "false").look())
                .contains(Note.of(Notes.PORTS_REFUSED, "reason", "exit code 1"));
        assertThat(
                        new PortGuard(shell, SystemUsers.none(shell), INSTALLED, List.of("nft"))
                                .close(APPS))
                .contains(Note.of(Notes.PORTS_NEED_ROOT));
    }

    @Test
    void isThereBeforeTheFirstAppSoThatNobodyIsToldOtherwise() throws Exception {
        PortGuard guard = guard(home, "nft");
        assertThat(guard.look()).isPresent();

        new ClosedPorts(guard).keep(Set.of());

        assertThat(guard.look()).isEmpty();
    }

    @Test
    void closesAppsToOthersAndNothingElse() throws Exception {
        String cable = "esg" + ProcessHandle.current().pid();
        run("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", network);
        run("ip", "addr", "add", "10.231.9.1/30", "dev", cable);
        run("ip", "link", "set", cable, "up");
        run("ip", "-n", network, "addr", "add", "10.231.9.2/30", "dev", "eth0");
        run("ip", "-n", network, "link", "set", "eth0", "up");
        run("ip", "-n", network, "link", "set", "lo", "up");
        Process apps = listenInside(3000, 27_017);
        try {
            assertThat(answers(3000)).isTrue();
            var closed = new ClosedPorts(guard(home, "nft"));

            closed.close(Set.of(3000));

            assertThat(answers(3000)).isFalse();
            assertThat(answers(27_017)).as("a program of the host's own").isTrue();
            nft("flush", "ruleset");
            assertThat(answers(3000)).isTrue();
            closed.keep(Set.of(3000, 3001));
            assertThat(answers(3000)).isFalse();
            nft("flush", "ruleset"); // as a reboot does
            nft("-f", home.resolve("ports.nft").toString());
            assertThat(answers(3000)).isFalse();
            assertThat(answers(27_017)).isTrue();
        } finally {
            apps.destroyForcibly();
        }
    }

    private Process listenInside(int... ports) throws Exception {
        var script = new StringBuilder("let left = " + ports.length + ";");
        for (int port : ports) {
            script.append("require('net').createServer(s => s.end('hi')).listen(")
                    .append(port)
                    .append(", () => --left || console.log('up'));");
        }
        Process process =
                new ProcessBuilder("ip", "netns", "exec", network, "node", "-e", script.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("up");
        return process;
    }

    private static boolean answers(int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("10.231.9.2", port), 5_000);
            return socket.getInputStream().read() == 'h';
        } catch (ConnectException refused) {
            return false;
        }
    }

    private void run(String... command) throws InterruptedException {
        HostResult result = shell.run(HostCommand.of(command));
        assertThat(result.succeeded()).as(result.summary()).isTrue();
    }

    private PortGuard guard(Path home, String program) {
        return new PortGuard(
                shell,
                new SystemUsers(shell),
                home,
                List.of("ip", "netns", "exec", network, "env", program));
    }

    private List<String> tables() throws InterruptedException {
        return nft("list", "tables")
                .out()
                .lines()
                .map(line -> line.replace("table inet ", ""))
                .toList();
    }

    private HostResult nft(String... arguments) throws InterruptedException {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", network, "nft"));
        all.addAll(List.of(arguments));
        HostResult result = shell.run(HostCommand.of(all));
        assertThat(result.succeeded()).as(result.summary()).isTrue();
        return result;
    }
}
