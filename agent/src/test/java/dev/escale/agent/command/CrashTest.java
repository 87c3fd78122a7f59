package dev.escale.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.control.FakeControl;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Ending;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own that dies at the worst moments. */
@Timeout(90)
class CrashTest {
    @TempDir Path home;
    private FakeControl control;

    @BeforeEach
    void begin() throws Exception {
        control = new FakeControl();
        TestAgent.join(control, home);
    }

    @AfterEach
    void end() throws Exception {
        control.close();
    }

    @Test
    void answersForADeploymentThatItsDeathCutOffAndNeverRunsItTwice() throws Exception {
        String jws =
                control.sign(control.command("cmd_1", Orderly.deploy("dep_1", "app_1", "slow")));
        try (var first = start()) {
            control.send(jws);
            control.awaitReport(Report.Output.class);
            first.kill();
        }
        try (var second = start()) {
            Report.Ended ended = control.awaitReport(Report.Ended.class);
            assertThat(ended.ending()).isEqualTo(Ending.FAILED);
            assertThat(ended.reason()).isEqualTo(Note.of(Notes.AGENT_RESTARTED));
            assertThat(control.outcome("cmd_1")).isEqualTo(new Outcome.Done());

            control.send(jws);

            assertThat(control.outcome("cmd_1")).isEqualTo(new Outcome.Done());
            assertThat(second.process().isAlive()).isTrue();
        }
        assertThat(ran()).containsOnlyOnce("deploy dep_1");
    }

    @Test
    void answersOnceForADeploymentThatTakesLongToBePutRight() throws Exception {
        try (var first = start()) {
            control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "slow"));
            control.awaitReport(Report.Output.class);
            first.kill();
        }
        Files.createFile(home.resolve("concluding"));
        try (var _ = start()) {
            control.send("cmd_2", Orderly.deploy("dep_2", "app_2", "shop"));
            assertThat(control.awaitReport(Report.Ended.class).deployment()).isEqualTo("dep_2");
            Files.createFile(home.resolve("go"));
            Report.Ended ended = control.awaitReport(Report.Ended.class);
            assertThat(ended.deployment()).isEqualTo("dep_1");
            assertThat(ended.ending()).isEqualTo(Ending.LIVE);
            assertThat(control.outcome("cmd_1")).isEqualTo(new Outcome.Done());
        }
    }

    @Test
    void runsAfterARestartWhatItHadAcceptedAndNotBegun() throws Exception {
        try (var first = start()) {
            control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "slow"));
            control.send("cmd_2", Orderly.deploy("dep_2", "app_1", "shop"));
            control.await(FromAgent.Received.class, r -> r.command().equals("cmd_2"));
            control.awaitReport(Report.Output.class);
            first.kill();
        }
        try (var _ = start()) {
            assertThat(control.outcome("cmd_2")).isEqualTo(new Outcome.Done());
        }
        assertThat(ran()).containsOnlyOnce("deploy dep_2");
        try (var left = Files.list(home.resolve("journal/waiting"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saysThatAnOrderWasCutOffWhenItDiedBetweenJournalAndAnswer() throws Exception {
        String jws =
                control.sign(
                        control.command("cmd_1", new Order.ControlApp("app_1", AppAction.STOP)));
        try (var first = start()) {
            control.send(jws);
            assertThat(first.process().waitFor()).isEqualTo(137);
        }
        try (var _ = start()) {
            assertThat(control.outcome("cmd_1"))
                    .isEqualTo(new Outcome.Failed(Note.of(Notes.AGENT_RESTARTED)));
            control.send(jws);
            assertThat(control.outcome("cmd_1")).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(ran()).containsOnlyOnce("control app_1");
    }

    private Jvm start() throws Exception {
        Jvm jvm = Jvm.run(TestAgent.class, home);
        control.await(FromAgent.Hello.class);
        control.awaitOpen();
        return jvm;
    }

    private List<String> ran() throws Exception {
        return Files.readAllLines(home.resolve("ran.log"));
    }
}
