package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real nft, in a network namespace of the test's own. */
class PortGuardTest {
    private static final Path INSTALLED = Path.of("/var/lib/escale");
    private static final Path DEMO = Path.of("/root/.escale/agent");

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

        assertThat(installed.close()).isEmpty();
        assertThat(demo.close()).isEmpty();
        assertThat(tables()).containsExactlyInAnyOrder("escale", demo.table());

        demo.open();
        assertThat(tables()).containsExactly("escale");
        assertThat(installed.look()).isEmpty();
        assertThat(demo.look()).contains(Note.of(Notes.PORTS_OPEN));
    }

    @Test
    void closesThePortsOnceHoweverOftenItIsAsked() throws Exception {
        PortGuard guard = guard(DEMO, "nft");

        guard.close();
        guard.close();

        assertThat(guard.table()).matches("escale_[0-9a-f]{8}");
        assertThat(nft("list", "table", "inet", guard.table()).out())
                .containsOnlyOnce("iifname != \"lo\" tcp dport 21000-21099 reject with tcp reset");
    }

    @Test
    void saysWhyThePortsStayOpen() throws Exception {
        assertThat(guard(INSTALLED, "no-such-nft").close()).contains(Note.of(Notes.PORTS_NEED_NFT));
        assertThat(guard(INSTALLED, "false").look())
                .contains(Note.of(Notes.PORTS_REFUSED, "reason", "exit code 1"));
        assertThat(
                        new PortGuard(
                                        shell,
                                        SystemUsers.none(shell),
                                        new PortRange(21_000, 21_099),
                                        INSTALLED,
                                        List.of("nft"))
                                .close())
                .contains(Note.of(Notes.PORTS_NEED_ROOT));
    }

    private PortGuard guard(Path home, String program) {
        return new PortGuard(
                shell,
                new SystemUsers(shell),
                new PortRange(21_000, 21_099),
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
