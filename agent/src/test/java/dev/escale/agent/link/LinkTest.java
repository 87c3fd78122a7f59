package dev.escale.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.control.FakeControl;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import dev.escale.protocol.Session;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkTest {
    @TempDir Path home;
    private FakeControl control;

    @BeforeEach
    void begin() throws Exception {
        control = new FakeControl();
    }

    @AfterEach
    void end() throws Exception {
        control.close();
    }

    @Test
    void provesItselfAndHearsCommands() throws Exception {
        try (var running = new RunningLink(control, home)) {
            FromAgent.Hello hello = control.await(FromAgent.Hello.class);
            assertThat(hello.server()).isEqualTo(FakeControl.SERVER);
            assertThat(hello.facts().hostname()).isEqualTo("web-1");

            running.outbox.append(done("cmd_1"));
            assertThat(control.awaitReport(Report.CommandDone.class).command()).isEqualTo("cmd_1");
            control.send("cmd_2", new Order.Survey(null));

            assertThat(running.commands.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void sendsAgainAfterAReconnectWhatWasNotKept() throws Exception {
        control.keeps = false;
        try (var running = new RunningLink(control, home)) {
            running.outbox.append(done("cmd_1"));
            running.outbox.append(done("cmd_2"));
            control.await(FromAgent.Durable.class, d -> d.sequence() == 2);

            control.keeps = true;
            control.drop();

            control.await(FromAgent.Hello.class);
            assertThat(control.await(FromAgent.Durable.class).sequence()).isEqualTo(1);
            assertThat(control.await(FromAgent.Durable.class).sequence()).isEqualTo(2);
            assertThat(running.outbox.awaitKept(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void goesOnWhereItWasAfterARestartOfTheAgent() throws Exception {
        try (var running = new RunningLink(control, home)) {
            running.outbox.append(done("cmd_1"));
            assertThat(running.outbox.awaitKept(Duration.ofSeconds(10))).isTrue();
        }
        try (var again = new RunningLink(control, home)) {
            again.outbox.append(done("cmd_2"));
            assertThat(again.outbox.awaitKept(Duration.ofSeconds(10))).isTrue();
        }

        assertThat(control.kept()).extracting(FromAgent.Durable::sequence).containsExactly(1L, 2L);
    }

    @Test
    void learnsTheControlPlanesClock() throws Exception {
        control.clockOffset = Duration.ofDays(-400);
        try (var running = new RunningLink(control, home)) {
            running.outbox.append(done("cmd_1"));
            control.awaitReport(Report.CommandDone.class);

            assertThat(Duration.between(running.clock.instant(), control.now()).abs())
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(running.clock.instant()).isBefore(Instant.now().minus(Duration.ofDays(399)));
        }
    }

    @Test
    void followsARotationOfTheSigningKeyAlsoAcrossARestart() throws Exception {
        KeyPair next = control.announceNext("k2");
        try (var running = new RunningLink(control, home)) {
            running.outbox.append(done("cmd_1"));
            control.awaitReport(Report.CommandDone.class);
            assertThat(running.pins.pinned().signingKeys()).hasSize(2);
        }

        control.signWith("k2", next);
        try (var again = new RunningLink(control, home)) {
            again.outbox.append(done("cmd_2"));
            assertThat(again.outbox.awaitKept(Duration.ofSeconds(10))).isTrue();
            assertThat(again.pins.pinned().signingKeys()).containsExactly(control.signingKey());
        }
    }

    @Test
    void doesNotBelieveAGreetingThatIsNotForThisHello() throws Exception {
        control.greeting =
                s -> new Session(s.server(), s.epoch(), s.now(), "an old nonce", s.keys());
        try (var running = new RunningLink(control, home)) {
            control.await(FromAgent.Hello.class);
            control.await(FromAgent.Hello.class);
            assertThat(running.link.connection()).isZero();

            control.greeting =
                    s -> new Session("srv_other", s.epoch(), s.now(), s.nonce(), s.keys());
            control.await(FromAgent.Hello.class);
            assertThat(running.link.connection()).isZero();

            control.greeting = s -> s;
            running.outbox.append(done("cmd_1"));
            control.awaitReport(Report.CommandDone.class);
        }
    }

    @Test
    void endsTheConnectionOverNonsenseAndComesBack() throws Exception {
        try (var running = new RunningLink(control, home)) {
            for (String nonsense : new String[] {"", "{", "null", "{\"type\":\"shell\"}"}) {
                settled(running);
                control.sendText(nonsense);
                control.await(FromAgent.Hello.class);
            }
            settled(running);
            control.sendFrame(2, new byte[] {1, 2, 3});
            control.await(FromAgent.Hello.class);
            settled(running);
            control.sendFrame(11, new byte[100]);
            control.await(FromAgent.Hello.class);
        }
    }

    @Test
    void comesBackAtOnceToLearnNewKeys() throws Exception {
        try (var running = new RunningLink(control, home)) {
            settled(running);

            control.closeWith(CloseCode.RENEW);

            control.await(FromAgent.Hello.class);
        }
    }

    @Test
    void saysThatAStreamIsDroppedWhileNobodyListens() throws Exception {
        try (var running = new RunningLink(control, home)) {
            settled(running);
            control.accepts = false;
            control.drop();

            var lines = new FromAgent.LogLines("s", List.of(), List.of(), Map.of());
            while (running.link.offer(lines)) {
                Thread.onSpinWait();
            }
            assertThat(running.link.offer(lines)).isFalse();
        }
    }

    /** Until it is greeted, by a report that went through. */
    private void settled(RunningLink running) throws InterruptedException {
        running.outbox.append(done("cmd_settled"));
        assertThat(running.outbox.awaitKept(Duration.ofSeconds(20))).isTrue();
        while (!control.quiet()) {
            control.await(FromAgent.class);
        }
    }

    static Report done(String command) {
        return new Report.CommandDone(command, new Outcome.Failed(Note.of("test")));
    }
}
