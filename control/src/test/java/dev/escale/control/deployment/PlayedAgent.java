package dev.escale.control.deployment;

import dev.escale.control.RunningControl;
import dev.escale.control.authority.Authority;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Finding;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Handshake;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import dev.escale.protocol.Report;
import dev.escale.protocol.Session;
import dev.escale.protocol.SigningKey;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import dev.escale.protocol.ToAgent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An agent on a real WebSocket that acknowledges every order and lets the test say what becomes of
 * it. It survives restarts of the control plane, as a state folder does.
 */
public final class PlayedAgent implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE = 40;

    private final KeyPair key = newKey();
    private final LinkedBlockingQueue<ToAgent> frames = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Command> orders = new LinkedBlockingQueue<>();
    private final Map<String, String> commandOfDeployment = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private RunningControl control;
    private List<SigningKey> keys = List.of();
    private String server = "";
    private int deploymentSeconds;
    private long sequence;
    private volatile boolean greeted;
    private @Nullable WebSocket socket;

    private PlayedAgent(RunningControl control) {
        this.control = control;
    }

    /** Adds a server, registers and connects. */
    public static PlayedAgent join(RunningControl control, String name) {
        var agent = new PlayedAgent(control);
        var added = control.send("POST", "/api/v1/servers", "{\"name\":\"" + name + "\"}").json();
        agent.register(added.get("registrationToken").asString());
        agent.connect();
        return agent;
    }

    public String server() {
        return server;
    }

    public void connect() {
        greeted = false;
        text.setLength(0);
        socket =
                control.http()
                        .newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        control.config()
                                                        .publicUrl()
                                                        .toString()
                                                        .replace("https:", "wss:")
                                                + "/agent/v1/connect"),
                                this)
                        .join();
        String nonce = frame(ToAgent.Challenge.class).nonce();
        String authority = control.bean(Authority.class).sha256();
        byte[] signature =
                Jws.signature(Handshake.bytesToSign(authority, server, nonce), key.getPrivate());
        say(
                new FromAgent.Hello(
                        server,
                        ProtocolVersion.CURRENT,
                        nonce,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                        "0.1.0",
                        facts()));
        String session = frame(ToAgent.Welcome.class).session();
        keys = Codec.read(Session.class, Jws.verify(session, keys)).keys();
        greeted = true;
        for (ToAgent early = frames.poll(); early != null; early = frames.poll()) {
            take(early);
        }
    }

    /** The control plane was started again. */
    public void connect(RunningControl again) {
        control = again;
        connect();
    }

    /** It is started again with a limit of its own for the time that a deployment may take. */
    void grant(Duration limit) {
        deploymentSeconds = (int) limit.toSeconds();
        vanish();
        connect();
    }

    /** The link breaks without a word. */
    public void vanish() {
        socket().abort();
    }

    /** The next order of this kind; others are passed over. */
    public <T extends Order> T order(Class<T> kind) {
        return order(kind, new Outcome.Done());
    }

    /**
     * @param answer to it, unless it deploys
     */
    public <T extends Order> T order(Class<T> kind, Outcome answer) {
        try {
            while (true) {
                Command command = orders.poll(PATIENCE, TimeUnit.SECONDS);
                if (command == null) {
                    throw new AssertionError("no " + kind.getSimpleName() + " came");
                }
                switch (command.order()) {
                    case Order.Deploy deploy ->
                            commandOfDeployment.put(deploy.deployment(), command.id());
                    case Order.Serve serve ->
                            commandOfDeployment.put(serve.deployment(), command.id());
                    default ->
                            done(
                                    command,
                                    kind.isInstance(command.order()) ? answer : new Outcome.Done());
                }
                if (kind.isInstance(command.order())) {
                    return kind.cast(command.order());
                }
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /**
     * Answers every survey from now on, on a thread of its own, until an order of it was answered.
     */
    public void answerSurvey(Outcome outcome) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                Command command = orders.poll(PATIENCE, TimeUnit.SECONDS);
                                if (command != null) {
                                    done(command, outcome);
                                }
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    public boolean idle() {
        return orders.isEmpty();
    }

    public void step(String deployment, Step step, StepState state) {
        Double seconds = state == StepState.WORKING ? null : 0.4;
        report(new Report.StepChanged(deployment, step, state, Instant.now(), seconds, null));
    }

    /** Says something of a step that is under way. */
    public void working(String deployment, Step step, Note note) {
        report(
                new Report.StepChanged(
                        deployment, step, StepState.WORKING, Instant.now(), null, note));
    }

    public void output(String deployment, long first, String... lines) {
        report(
                new Report.Output(
                        deployment,
                        first,
                        java.util.Arrays.stream(lines)
                                .map(line -> new OutputLine(10, "build", line))
                                .toList()));
    }

    public void detected(Order.Deploy order, Note warning) {
        detected(order, List.of(Finding.warning(warning, "escale.yaml")));
    }

    public void detected(Order.Deploy order) {
        detected(order, List.of(new Finding("type", "static", "index.html", null)));
    }

    private void detected(Order.Deploy order, List<Finding> findings) {
        String commit = order.source().commit();
        report(
                new Report.Detected(
                        order.deployment(),
                        commit == null ? "0".repeat(40) : commit,
                        "first",
                        "Ada",
                        findings));
    }

    public void switched(String deployment, String app, long release) {
        report(new Report.Switched(deployment, app, release, Instant.now(), 20001));
    }

    public void ended(
            String deployment,
            String app,
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            String... evidence) {
        report(
                new Report.Ended(
                        deployment,
                        app,
                        ending,
                        serving,
                        reason,
                        java.util.Arrays.stream(evidence)
                                .map(line -> new OutputLine(20, "build", line))
                                .toList()));
        String command = commandOfDeployment.get(deployment);
        if (command != null) {
            report(new Report.CommandDone(command, new Outcome.Done()));
        }
    }

    /** The order of a deployment was not acceptable. */
    public void refuses(Order.Deploy order, Note reason) {
        String command = commandOfDeployment.get(order.deployment());
        report(
                new Report.CommandDone(
                        java.util.Objects.requireNonNull(command), new Outcome.Refused(reason)));
    }

    /** The whole course of a deployment that goes well. */
    public void goesLive(Order.Deploy order) {
        String id = order.deployment();
        step(id, Step.FETCH, StepState.DONE);
        detected(order);
        step(id, Step.BUILD, StepState.WORKING);
        output(id, 1, "building", "built");
        step(id, Step.BUILD, StepState.DONE);
        switched(id, order.spec().id(), order.release());
        ended(id, order.spec().id(), Ending.LIVE, order.release(), null);
    }

    public void served(Order.Serve order) {
        switched(order.deployment(), order.spec().id(), order.release());
        ended(order.deployment(), order.spec().id(), Ending.LIVE, order.release(), null);
    }

    public void state(String app, AppState state) {
        report(new Report.AppChanged(app, state, null));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            ToAgent frame = Codec.read(ToAgent.class, text.toString());
            text.setLength(0);
            if (greeted) {
                take(frame);
            } else {
                frames.add(frame);
            }
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {
        socket().abort();
    }

    private void register(String token) {
        String body =
                Codec.write(
                        Registration.class,
                        new Registration(
                                token,
                                Jws.encode(key.getPublic()),
                                ProtocolVersion.CURRENT,
                                "0.1.0",
                                facts()));
        var answer =
                control.send(
                        control.request("/agent/v1/register")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        Registered registered = Codec.read(Registered.class, answer.body());
        server = registered.server();
        keys = registered.keys();
    }

    private void take(ToAgent frame) {
        if (frame instanceof ToAgent.SignedCommand signed) {
            Command command = Codec.read(Command.class, Jws.verify(signed.jws(), keys));
            say(new FromAgent.Received(command.id()));
            orders.add(command);
        }
    }

    private void done(Command command, Outcome outcome) {
        report(new Report.CommandDone(command.id(), outcome));
    }

    private synchronized void report(Report report) {
        sequence++;
        say(new FromAgent.Durable(sequence, Instant.now(), report));
    }

    private synchronized void say(FromAgent message) {
        socket().sendText(Codec.write(FromAgent.class, message), true).join();
    }

    private <T extends ToAgent> T frame(Class<T> kind) {
        try {
            ToAgent frame = frames.poll(PATIENCE, TimeUnit.SECONDS);
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
            throw new AssertionError("wanted " + kind.getSimpleName() + ", got " + frame);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    private Facts facts() {
        return new Facts(
                "web-1",
                "Debian GNU/Linux 12 (bookworm)",
                "6.1.0",
                "amd64",
                2,
                4L << 30,
                "systemd",
                List.of("203.0.113.7"),
                80,
                443,
                true,
                true,
                null,
                deploymentSeconds,
                "v22.1.0",
                "10.0.0",
                "7.0.4",
                "nginx/1.22.1",
                "git version 2.39.5",
                null,
                List.of());
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
