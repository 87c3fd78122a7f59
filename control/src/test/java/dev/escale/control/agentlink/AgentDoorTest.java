package dev.escale.control.agentlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.operation.Actor;
import dev.escale.control.server.Server;
import dev.escale.control.server.Servers;
import dev.escale.control.team.Teams;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.Command;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import dev.escale.protocol.Session;
import dev.escale.protocol.ToAgent;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLevel;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The agents' door over a real port, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
final class AgentDoorTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Order RESTART = new Order.ControlApp("app_x", AppAction.RESTART);

    private static RunningControl control;
    private static TeamId team;
    private static int number;

    @Parameter TestDatabase.Kind kind;

    private FakeAgent agent;
    private ServerId server;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        team = control.bean(Teams.class).all().getFirst().id();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void registeredAgent() {
        agent = registered();
        server = new ServerId(agent.server());
    }

    @Test
    void serverIsOnlineWhileItsAgentIsConnected() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        assertThat(server().online()).isTrue();
        assertThat(server().address()).contains("203.0.113.7");

        agent.close();

        awaitOffline();
    }

    @Test
    void signatureOfAnotherKeyIsRefused() throws Exception {
        FakeAgent impostor = new FakeAgent(control, authority());

        String nonce = impostor.dial().nonce();
        impostor.say(impostor.hello(nonce, agent.server()));

        assertThat(impostor.closeCode()).isEqualTo(CloseCode.REFUSED);
        var entry = control.get("/api/v1/audit").json().get("items").get(0);
        assertThat(entry.get("phase").asString()).isEqualTo("refused");
        assertThat(entry.get("action").asString()).isEqualTo("server.connect");
        assertThat(entry.get("outcome").asString()).isEqualTo("agent.signature");
        assertThat(entry.at("/target/id").asString()).isEqualTo(agent.server());
        assertThat(entry.at("/origin/ip").asString()).isNotEmpty();
    }

    @Test
    void helloForAnotherControlPlaneIsRefused() throws Exception {
        FakeAgent misled = new FakeAgent(control, "0".repeat(64));
        misled.register(token("misled"));

        String nonce = misled.dial().nonce();
        misled.say(misled.hello(nonce, misled.server()));

        assertThat(misled.closeCode()).isEqualTo(CloseCode.REFUSED);
    }

    @Test
    void helloIsGoodForItsOwnChallengeOnly() throws Exception {
        String old = agent.dial().nonce();
        agent.vanish();

        agent.dial();
        agent.say(agent.hello(old, agent.server()));

        assertThat(agent.closeCode()).isEqualTo(CloseCode.REFUSED);
    }

    @Test
    void unknownServerIsRefused() throws Exception {
        String nonce = agent.dial().nonce();

        agent.say(agent.hello(nonce, "srv_nobody"));

        assertThat(agent.closeCode()).isEqualTo(CloseCode.REFUSED);
    }

    @Test
    void nonsenseEndsTheConnection() throws Exception {
        agent.dial();
        agent.say("{\"type\":\"hello\"");
        assertThat(agent.closeCode()).isEqualTo(CloseCode.MALFORMED);

        agent.connect();
        agent.say("[]");
        assertThat(agent.closeCode()).isEqualTo(CloseCode.MALFORMED);
    }

    @Test
    void nothingIsTakenBeforeTheHelloAndNoSecondOneAfter() throws Exception {
        agent.dial();
        agent.say(new FromAgent.Received("cmd_x"));
        assertThat(agent.closeCode()).isEqualTo(CloseCode.MALFORMED);

        Session session = agent.connect();
        agent.say(agent.hello(session.nonce(), agent.server()));
        assertThat(agent.closeCode()).isEqualTo(CloseCode.MALFORMED);
    }

    @Test
    void hugeFrameEndsTheConnection() throws Exception {
        agent.dial();
        agent.say("x".repeat(Bounds.HELLO + 1));
        assertThat(agent.closeCode()).isEqualTo(1009);

        agent.connect();
        agent.say("x".repeat(Bounds.MESSAGE + 1));
        assertThat(agent.closeCode()).isEqualTo(1009);
    }

    @Test
    void guestThatSaysNothingIsShownOut() throws Exception {
        agent.dial();

        heartbeat().beat();
        heartbeat().beat();

        assertThat(agent.closeCode()).isEqualTo(CloseCode.LATE);
    }

    @Test
    void newerConnectionReplacesTheOlder() throws Exception {
        long first = agent.connect().epoch();
        FakeAgent older = agent;
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> code(older));

        FakeAgent newer = agent.again();
        long second = newer.connect().epoch();

        assertThat(second).isEqualTo(first + 1);
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(CloseCode.REPLACED);
        newer.hearsNothing(1);
        assertThat(server().online()).isTrue();
    }

    @Test
    void agentThatMissesTwoPingsIsOffline() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        agent.goDeaf();

        for (int beat = 0; beat < 6; beat++) {
            heartbeat().beat();
        }

        awaitOffline();
    }

    @Test
    void commandIsDeliveredAcknowledgedAndDone() throws Exception {
        agent.connect();
        CommandId id = queue(RESTART, MINUTE);

        Command command = agent.command();
        assertThat(command.order()).isEqualTo(RESTART);
        assertThat(command.id()).isEqualTo(id.value());
        agent.say(new FromAgent.Received(command.id()));
        agent.done(1, command, new Outcome.Done());
        assertThat(agent.next(ToAgent.Kept.class).sequence()).isEqualTo(1);

        assertThat(status(id)).isEqualTo("done");
        assertThat(commands().await(team, id, Duration.ZERO)).contains(new Outcome.Done());
    }

    @Test
    void commandsAreDeliveredInOrder() throws Exception {
        for (int i = 0; i < 50; i++) {
            queue(new Order.ControlApp("app_" + i, AppAction.RESTART), MINUTE);
        }

        agent.connect();

        for (int i = 0; i < 50; i++) {
            assertThat(agent.command().order())
                    .isEqualTo(new Order.ControlApp("app_" + i, AppAction.RESTART));
        }
    }

    @Test
    void commandThatWasNotAcknowledgedIsSentAgainUnderTheSameId() throws Exception {
        agent.connect();
        CommandId lost = queue(RESTART, MINUTE);
        CommandId kept = queue(new Order.Survey(null), MINUTE);
        Command first = agent.command();
        assertThat(first.id()).isEqualTo(lost.value());
        assertThat(agent.command().id()).isEqualTo(kept.value());
        agent.say(new FromAgent.Received(kept.value()));
        agent.hearsNothing(1);
        agent.vanish();

        agent.connect();

        assertThat(agent.command()).as("the same to its times").isEqualTo(first);
        agent.hearsNothing(2);
    }

    @Test
    void commandThatExpiredInTheQueueIsNeverSent() throws Exception {
        CommandId late = queue(RESTART, Duration.ZERO);
        agent.connect();
        agent.hearsNothing(1);

        heartbeat().beat();

        assertThat(status(late)).isEqualTo("done");
        assertThat(commands().await(team, late, Duration.ZERO))
                .contains(new Outcome.Refused(Note.of("command.neverSent")));
    }

    @Test
    void askingWaitsForTheOutcome() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        CompletableFuture<Outcome> asked =
                CompletableFuture.supplyAsync(
                        () ->
                                commands()
                                        .ask(
                                                team,
                                                server,
                                                Actor.system(team),
                                                new Order.Survey(null),
                                                MINUTE));

        agent.done(2, agent.command(), new Outcome.Surveyed(List.of()));

        assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Surveyed(List.of()));
    }

    @Test
    void reportThatComesTwiceIsStoredOnce() throws Exception {
        agent.connect();
        CommandId id = queue(RESTART, MINUTE);
        Command command = agent.command();
        agent.done(1, command, new Outcome.Done());
        agent.next(ToAgent.Kept.class);
        agent.vanish();

        agent.connect();
        agent.done(1, command, new Outcome.Failed(Note.of("again")));

        assertThat(agent.next(ToAgent.Kept.class).sequence()).isEqualTo(1);
        assertThat(commands().await(team, id, Duration.ZERO)).contains(new Outcome.Done());
    }

    @Test
    void commandOfAnotherServerCannotBeEnded() throws Exception {
        FakeAgent stranger = registered();
        stranger.connect();
        CommandId id = queue(RESTART, MINUTE);

        stranger.report(1, new Report.CommandDone(id.value(), new Outcome.Done()));
        stranger.next(ToAgent.Kept.class);

        assertThat(status(id)).isEqualTo("queued");
    }

    @Test
    void outputIsFollowedUntilNobodyLooks() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        var parts = new LinkedBlockingQueue<StreamPart>();
        AgentStreams.Following following = follow(parts::add);
        Order.OpenLog order = (Order.OpenLog) agent.command().order();
        assertThat(order.sources()).containsExactly(LogSource.app("app_x", "shop"));
        assertThat(order.query()).isEqualTo("-healthz");
        assertThat(order.backlog()).isEqualTo(5);
        assertThat(order.place()).isEmpty();
        var gap = new LogGap("app_x/out", "0", "7", 2, "slow");

        agent.say(
                new FromAgent.LogLines(
                        order.stream(), List.of(line(7)), List.of(gap), Map.of("app_x/out", "8")));

        assertThat(parts.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new StreamPart.Lines(List.of(gap), List.of(line(7))));
        agent.say(
                new FromAgent.LogEnd(
                        order.stream(), false, Map.of(), 0, Note.of("host.failed", "reason", "x")));
        assertThat(parts.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new StreamPart.Ended(Note.of("host.failed", "reason", "x")));
        following.close();
        assertThat(agent.command().order()).isEqualTo(new Order.CloseLog(order.stream()));
    }

    @Test
    void slowReaderGivesNoCredit() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        var parts = new SynchronousQueue<StreamPart>();
        AgentStreams.Following following = follow(part -> put(parts, part));
        Order.OpenLog order = (Order.OpenLog) agent.command().order();
        assertThat(order.credit()).isEqualTo(AgentStream.CREDIT);

        for (int batch = 0; batch < order.credit() / 100; batch++) {
            agent.say(batch(order.stream(), batch));
        }

        agent.hearsNothing(2);
        for (int batch = 0; batch < AgentStream.PORTION / 100 + 1; batch++) {
            assertThat(parts.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(
                            new StreamPart.Lines(List.of(), batch(order.stream(), batch).lines()));
        }
        assertThat(agent.next(ToAgent.Credit.class))
                .isEqualTo(new ToAgent.Credit(order.stream(), AgentStream.PORTION));
        agent.hearsNothing(3);
        following.close();
    }

    @Test
    void whatIsSentBeyondTheCreditIsAGap() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        var parts = new SynchronousQueue<StreamPart>();
        AgentStreams.Following following = follow(part -> put(parts, part));
        Order.OpenLog order = (Order.OpenLog) agent.command().order();
        int allowed = order.credit() / 100;

        for (int batch = 0; batch < allowed + 2; batch++) {
            agent.say(batch(order.stream(), batch));
        }
        agent.hearsNothing(2);
        for (int batch = 0; batch < allowed; batch++) {
            assertThat(parts.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        agent.say(batch(order.stream(), allowed + 2));

        String from = Integer.toString(order.credit());
        String to = Integer.toString(order.credit() + 200);
        assertThat(parts.poll(10, TimeUnit.SECONDS))
                .isEqualTo(
                        new StreamPart.Lines(
                                List.of(new LogGap("app_x/out", from, to, 200, "slow")),
                                batch(order.stream(), allowed + 2).lines()));
        following.close();
    }

    @Test
    void goesOnWhereItStoppedWhenTheServerComesBack() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        var parts = new LinkedBlockingQueue<StreamPart>();
        AgentStreams.Following following = follow(parts::add);
        Command command = agent.command();
        Order.OpenLog first = (Order.OpenLog) command.order();
        agent.say(new FromAgent.Received(command.id()));
        agent.say(batch(first.stream(), 0));
        assertThat(parts.poll(10, TimeUnit.SECONDS)).isInstanceOf(StreamPart.Lines.class);
        agent.vanish();
        assertThat(parts.poll(10, TimeUnit.SECONDS)).isEqualTo(new StreamPart.Interrupted());

        agent.connect();

        assertThat(agent.command().order()).isEqualTo(new Order.CloseLog(first.stream()));
        Order.OpenLog second = (Order.OpenLog) agent.command().order();
        assertThat(second.stream()).isNotEqualTo(first.stream());
        assertThat(second.place()).isEqualTo(Map.of("app_x/out", "100"));
        assertThat(second.credit()).isEqualTo(AgentStream.CREDIT);
        agent.say(batch(first.stream(), 0));
        agent.say(batch(second.stream(), 1));
        assertThat(parts.poll(10, TimeUnit.SECONDS))
                .as("what was on its way before is not taken twice")
                .isEqualTo(new StreamPart.Lines(List.of(), batch(second.stream(), 1).lines()));
        following.close();
    }

    @Test
    void newSigningKeyIsLearntUnderTheOldOneAndThenUsed() throws Exception {
        agent.connect();
        agent.hearsNothing(1);
        String before = agent.pinned().getFirst().id();

        String after = control.bean(ServerLinks.class).rotateSigningKey();
        assertThat(agent.closeCode()).isEqualTo(CloseCode.RENEW);
        Session session = agent.connect();

        assertThat(session.keys()).extracting("id").containsExactly(after, before);
        agent.hearsNothing(2);
        queue(RESTART, MINUTE);
        assertThat(FakeAgent.signer(agent.next(ToAgent.SignedCommand.class))).contains(after);
        agent.vanish();
        assertThat(agent.connect().keys()).extracting("id").containsExactly(after);
    }

    @Test
    void agentThatMissedARotationIsNotLost() throws Exception {
        control.bean(ServerLinks.class).rotateSigningKey();
        control.bean(ServerLinks.class).rotateSigningKey();
        heartbeat().tidy();

        Session session = agent.connect();

        assertThat(session.keys()).hasSize(2);
    }

    private AgentStreams.Following follow(Consumer<StreamPart> consumer) {
        var wanted =
                new AgentStreams.Wanted(
                        LogSource.app("app_x", "shop"), LogQuery.parse("-healthz"), 5);
        return control.bean(AgentStreams.class)
                .follow(team, server, Actor.system(team), wanted, consumer);
    }

    /** A hundred lines of one byte each. */
    private static FromAgent.LogLines batch(String stream, int number) {
        List<LogLine> lines =
                IntStream.range(number * 100, number * 100 + 100)
                        .mapToObj(AgentDoorTest::line)
                        .toList();
        return new FromAgent.LogLines(
                stream, lines, List.of(), Map.of("app_x/out", lines.getLast().next()));
    }

    private static LogLine line(int position) {
        return new LogLine(
                "app_x/out",
                Integer.toString(position),
                Integer.toString(position + 1),
                Instant.EPOCH.atOffset(ZoneOffset.UTC),
                "stdout",
                LogLevel.INFO,
                "shop",
                7L,
                Map.of(),
                "hello");
    }

    private static void put(SynchronousQueue<StreamPart> parts, StreamPart part) {
        try {
            parts.put(part);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeAgent registered() {
        var fresh = new FakeAgent(control, authority());
        assertThat(fresh.register(token("web")).status()).isEqualTo(201);
        return fresh;
    }

    private String token(String name) {
        String body = "{\"name\":\"%s-%d\"}".formatted(name, ++number);
        return control.send("POST", "/api/v1/servers", body)
                .json()
                .at("/registrationToken")
                .asString();
    }

    private String authority() {
        return control.bean(Authority.class).sha256();
    }

    private Commands commands() {
        return control.bean(Commands.class);
    }

    private Heartbeat heartbeat() {
        return control.bean(Heartbeat.class);
    }

    private Server server() {
        return control.bean(Servers.class).get(team, server);
    }

    private CommandId queue(Order order, Duration validity) {
        return control.bean(Database.class)
                .write(
                        team,
                        tx ->
                                commands()
                                        .queue(
                                                tx,
                                                team,
                                                server,
                                                Actor.system(team),
                                                order,
                                                validity));
    }

    private String status(CommandId id) {
        return control.bean(Database.class)
                .read(
                        team,
                        tx ->
                                tx.select(Tables.COMMAND.STATUS)
                                        .from(Tables.COMMAND)
                                        .where(Tables.COMMAND.ID.eq(id.value()))
                                        .fetchSingle()
                                        .value1());
    }

    private void awaitOffline() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server().online() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server().online()).isFalse();
    }

    private static int code(FakeAgent agent) {
        try {
            return agent.closeCode();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
