package dev.escale.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.agent.control.FakeControl;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that come when the journal's disk is full: a real one, of a megabyte. */
@Tag("slow")
@Timeout(60)
class FullDiskTest {
    @TempDir Path home;
    private FakeControl control;
    private TestAgent agent;
    private Path disk;
    private Path ballast;

    @BeforeEach
    void begin() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "mount needs root");
        disk = Files.createDirectories(home.resolve("journal"));
        ballast = disk.resolve("ballast");
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        control = new FakeControl();
        TestAgent.join(control, home);
        agent = new TestAgent(home);
        control.await(FromAgent.Hello.class);
        control.awaitOpen();
    }

    @AfterEach
    void end() throws Exception {
        if (disk != null) {
            agent.close();
            control.close();
            run("umount", "--lazy", disk.toString());
        }
    }

    @Test
    void turnsAnOrderAwayInWordsAndStillTakesOneThatMakesRoom() throws Exception {
        String deploy =
                control.sign(control.command("cmd_1", Orderly.deploy("dep_1", "app_1", "shop")));
        fill();

        control.send(deploy);
        assertFull("cmd_1");
        control.send(deploy);
        assertFull("cmd_1");
        control.send("cmd_2", new Order.RemoveApp("app_1"));
        assertThat(control.outcome("cmd_2")).isEqualTo(new Outcome.Done());

        Files.delete(ballast);
        control.send("cmd_3", Orderly.deploy("dep_3", "app_1", "shop"));
        assertThat(control.outcome("cmd_3")).isEqualTo(new Outcome.Done());
        fill();
        control.send("cmd_4", new Order.RemoveApp("app_1"));
        assertThat(control.outcome("cmd_4")).isEqualTo(new Outcome.Done());
        assertThat(ran()).contains("remove app_1", "deploy dep_3").doesNotContain("deploy dep_1");
    }

    private void assertFull(String command) throws InterruptedException {
        assertThat(control.outcome(command))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason().code()).isEqualTo(Notes.DISK_FULL));
    }

    private void fill() {
        assertThatThrownBy(
                        () -> {
                            try (OutputStream out = Files.newOutputStream(ballast)) {
                                while (true) {
                                    out.write(new byte[4096]);
                                }
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }

    private static void run(String... command) throws InterruptedException {
        assertThat(new HostShell().run(HostCommand.of(command)).succeeded()).isTrue();
    }

    private List<String> ran() throws IOException {
        return Files.readAllLines(home.resolve("ran.log"));
    }
}
