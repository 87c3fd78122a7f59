package dev.escale.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.control.FakeControl;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Ending;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandsTest {
    @TempDir Path home;
    private FakeControl control;
    private TestAgent agent;

    @BeforeEach
    void begin() throws Exception {
        control = new FakeControl();
        TestAgent.join(control, home);
        agent = new TestAgent(home);
        control.await(FromAgent.Hello.class);
        control.awaitOpen();
    }

    @AfterEach
    void end() throws Exception {
        Files.writeString(home.resolve("go"), "");
        agent.close();
        control.close();
    }

    @Test
    void runsADeploymentAndReportsItsCourseInOrder() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "shop"));

        assertThat(control.await(FromAgent.Received.class).command()).isEqualTo("cmd_1");
        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());
        assertThat(control.kept())
                .extracting(durable -> durable.report().getClass().getSimpleName())
                .containsExactly("StepChanged", "Output", "Switched", "Ended", "CommandDone");
    }

    @Test
    void anErrorEndsOneDeploymentAndNotTheOnesAfterIt() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "deep"));
        control.send("cmd_2", Orderly.deploy("dep_2", "app_1", "shop"));

        assertThat(outcome("cmd_2")).isEqualTo(new Outcome.Done());
        assertThat(control.kept())
                .filteredOn(durable -> durable.report() instanceof Report.Ended)
                .extracting(durable -> ((Report.Ended) durable.report()).ending())
                .containsExactly(Ending.FAILED, Ending.LIVE);
    }

    @Test
    void refusesWhatWasTamperedWith() throws Exception {
        String signed = control.sign(control.command("cmd_1", new Order.RemoveApp("app_1")));
        Command other = control.command("cmd_1", new Order.RemoveApp("app_2"));
        String[] parts = signed.split("\\.");
        String[] others = control.sign(other).split("\\.");

        control.send(parts[0] + "." + others[1] + "." + parts[2]);

        assertThat(refusal("cmd_1")).isEqualTo(Notes.COMMAND_UNSIGNED);
        assertThat(ran()).doesNotContain("remove app_1", "remove app_2");
    }

    @Test
    void answersARepeatedCommandAgainAndRunsItOnce() throws Exception {
        String jws = control.sign(control.command("cmd_1", new Order.RemoveApp("app_1")));
        control.send(jws);
        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());

        control.send(jws);

        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());
        assertThat(ran()).containsOnlyOnce("remove app_1");
    }

    @Test
    void refusesAnotherCommandUnderAKnownId() throws Exception {
        control.send("cmd_1", new Order.RemoveApp("app_1"));
        outcome("cmd_1");

        control.send("cmd_1", new Order.RemoveApp("app_2"));

        assertThat(refusal("cmd_1")).isEqualTo(Notes.COMMAND_REPLAYED);
        assertThat(ran()).doesNotContain("remove app_2");
    }

    @Test
    void refusesWhatExpiredByTheControlPlanesClockAlone() throws Exception {
        Command late =
                new Command(
                        "cmd_1",
                        FakeControl.SERVER,
                        "ada",
                        control.now().minusSeconds(120),
                        control.now().minusSeconds(60),
                        new Order.RemoveApp("app_1"));
        control.send(control.sign(late));
        assertThat(refusal("cmd_1")).isEqualTo(Notes.COMMAND_EXPIRED);

        control.clockOffset = Duration.ofDays(-3);
        control.drop();
        control.await(FromAgent.Hello.class);
        control.awaitOpen();
        control.send("cmd_2", new Order.RemoveApp("app_2"));

        assertThat(outcome("cmd_2")).isEqualTo(new Outcome.Done());
        assertThat(ran()).doesNotContain("remove app_1");
    }

    @Test
    void refusesACommandForAnotherServer() throws Exception {
        Command foreign =
                new Command(
                        "cmd_1",
                        "srv_other",
                        "ada",
                        control.now(),
                        control.now().plusSeconds(60),
                        new Order.RemoveApp("app_1"));

        control.send(control.sign(foreign));

        assertThat(refusal("cmd_1")).isEqualTo(Notes.COMMAND_FOREIGN);
    }

    @Test
    void saysWhenAnOrderIsNotUnderstood() throws Exception {
        String json = Codec.write(Command.class, control.command("cmd_1", new Order.Leave()));

        control.sendSigned(json.replace("\"leave\"", "\"runShell\""));

        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.NotUnderstood());
    }

    @Test
    void dropsWhatIsNoCommandAndGoesOn() throws Exception {
        control.send("");
        control.send("a.b.c");
        control.sendSigned("{}");
        control.sendSigned(
                Codec.write(Command.class, control.command("../../etc", new Order.Leave())));

        control.send("cmd_1", new Order.Survey(null));

        assertThat(outcome("cmd_1")).isInstanceOf(Outcome.Surveyed.class);
    }

    @Test
    void runsAppsSideBySideAndEachInOrder() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "slow"));
        control.send("cmd_2", Orderly.deploy("dep_2", "app_1", "shop"));
        control.send("cmd_3", Orderly.deploy("dep_3", "app_2", "shop"));
        assertThat(outcome("cmd_3")).isEqualTo(new Outcome.Done());

        control.send("cmd_4", new Order.ControlApp("app_1", AppAction.RESTART));
        assertThat(outcome("cmd_4")).isEqualTo(new Outcome.Done());
        assertThat(ran()).contains("deploy dep_1").doesNotContain("deploy dep_2");

        Files.writeString(home.resolve("go"), "");
        assertThat(outcome("cmd_2")).isEqualTo(new Outcome.Done());
        assertThat(ran()).containsSubsequence("deploy dep_1", "deploy dep_2");
    }

    @Test
    void theNextDeploymentBeginsWhenTheOneBeforeHasSwitched() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "watched"));
        control.send("cmd_2", Orderly.deploy("dep_2", "app_1", "slow"));
        control.send("cmd_3", Orderly.deploy("dep_3", "app_1", "shop"));
        control.await(
                FromAgent.Durable.class,
                durable ->
                        durable.report() instanceof Report.StepChanged step
                                && step.deployment().equals("dep_2"));

        assertThat(control.kept())
                .extracting(durable -> durable.report().getClass().getSimpleName())
                .contains("Switched")
                .doesNotContain("Ended");
        assertThat(ran()).doesNotContain("deploy dep_3");

        Files.writeString(home.resolve("go"), "");
        assertThat(outcome("cmd_3")).isEqualTo(new Outcome.Done());
        assertThat(ran()).containsSubsequence("deploy dep_1", "deploy dep_2", "deploy dep_3");
    }

    @Test
    void cancelsADeploymentThatWaits() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "slow"));
        control.send("cmd_2", Orderly.deploy("dep_2", "app_1", "shop"));
        control.await(FromAgent.Received.class, received -> received.command().equals("cmd_2"));

        control.send("cmd_3", new Order.Cancel("dep_2"));

        Report.Ended ended = control.awaitReport(Report.Ended.class);
        assertThat(ended.deployment()).isEqualTo("dep_2");
        assertThat(ended.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(outcome("cmd_2")).isEqualTo(new Outcome.Done());
        Files.writeString(home.resolve("go"), "");
        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());
        assertThat(ran()).doesNotContain("deploy dep_2");
    }

    @Test
    void endsADeploymentThatFailsInAWayNobodyForesaw() throws Exception {
        control.send("cmd_1", Orderly.deploy("dep_1", "app_1", "broken"));

        Report.Ended ended = control.awaitReport(Report.Ended.class);

        assertThat(ended.ending()).isEqualTo(Ending.FAILED);
        assertThat(java.util.Objects.requireNonNull(ended.reason()).code())
                .isEqualTo(Notes.AGENT_FAILURE);
        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());
    }

    @Test
    void removesAllAppsBeforeItLeaves() throws Exception {
        control.send("cmd_1", new Order.Leave());

        assertThat(outcome("cmd_1")).isEqualTo(new Outcome.Done());
        assertThat(ran()).contains("remove app_one");
    }

    private String refusal(String command) throws InterruptedException {
        return ((Outcome.Refused) outcome(command)).reason().code();
    }

    private Outcome outcome(String command) throws InterruptedException {
        return control.outcome(command);
    }

    private List<String> ran() throws Exception {
        return Files.readAllLines(home.resolve("ran.log"));
    }
}
