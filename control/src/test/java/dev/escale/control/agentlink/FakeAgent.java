package dev.escale.control.agentlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Facts;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Handshake;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import dev.escale.protocol.Report;
import dev.escale.protocol.Session;
import dev.escale.protocol.SigningKey;
import dev.escale.protocol.ToAgent;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent of the far side, played by hand: it does what the test says and nothing by itself. */
public final class FakeAgent implements AutoCloseable, WebSocket.Listener {
    private static final long PATIENCE = 10;

    private final RunningControl control;
    private final String authority;
    private final KeyPair key;
    private final BlockingQueue<ToAgent> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<Integer> closed = new CompletableFuture<>();
    private List<SigningKey> pinned = List.of();
    private String server = "";
    private @Nullable WebSocket socket;
    private volatile boolean deaf;

    /**
     * @param authority SHA-256 of the root that it was told to trust
     */
    public FakeAgent(RunningControl control, String authority) {
        this(control, authority, newKey());
    }

    private FakeAgent(RunningControl control, String authority, KeyPair key) {
        this.control = control;
        this.authority = authority;
        this.key = key;
    }

    /** The same server, dialling a second time. */
    FakeAgent again() {
        var twin = new FakeAgent(control, authority, key);
        twin.server = server;
        twin.pinned = pinned;
        return twin;
    }

    public static Facts facts() {
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
                false,
                Note.of(Notes.PORTS_NEED_NFT),
                1800,
                "v22.1.0",
                "10.0.0",
                "7.0.4",
                "nginx/1.22.1",
                "git version 2.39.5",
                null,
                List.of());
    }

    public RunningControl.Answer register(String token) {
        String body =
                Codec.write(
                        Registration.class,
                        new Registration(
                                token,
                                Jws.encode(key.getPublic()),
                                ProtocolVersion.CURRENT,
                                "0.1.0",
                                facts()));
        RunningControl.Answer answer = control.send("POST", "/agent/v1/register", body);
        if (answer.status() == 201) {
            Registered registered = Codec.read(Registered.class, answer.body());
            server = registered.server();
            pinned = registered.keys();
        }
        return answer;
    }

    public String server() {
        return server;
    }

    public List<SigningKey> pinned() {
        return pinned;
    }

    /** Opens the socket and takes the challenge. */
    ToAgent.Challenge dial() throws Exception {
        closed = new CompletableFuture<>();
        heard.clear();
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
                        .get(PATIENCE, TimeUnit.SECONDS);
        return next(ToAgent.Challenge.class);
    }

    /** The whole handshake, checking the control plane's signature as an agent does. */
    public Session connect() throws Exception {
        say(hello(dial().nonce(), server));
        return welcomed();
    }

    FromAgent.Hello hello(String nonce, String as) {
        byte[] signature =
                Jws.signature(Handshake.bytesToSign(authority, as, nonce), key.getPrivate());
        return new FromAgent.Hello(
                as,
                ProtocolVersion.CURRENT,
                nonce,
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                "0.1.0",
                facts());
    }

    Session welcomed() throws Exception {
        String jws = next(ToAgent.Welcome.class).session();
        Session greeted = Codec.read(Session.class, Jws.verify(jws, pinned));
        assertThat(greeted.server()).isEqualTo(server);
        pinned = greeted.keys();
        return greeted;
    }

    public void say(FromAgent message) throws Exception {
        say(Codec.write(FromAgent.class, message));
    }

    void say(String frame) throws Exception {
        socket().sendText(frame, true).get(PATIENCE, TimeUnit.SECONDS);
    }

    void report(long sequence, Report report) throws Exception {
        say(new FromAgent.Durable(sequence, Instant.now(), report));
    }

    public void done(long sequence, Command command, Outcome outcome) throws Exception {
        report(sequence, new Report.CommandDone(command.id(), outcome));
    }

    public Command command() throws Exception {
        ToAgent next = next(ToAgent.class);
        while (next instanceof ToAgent.Kept) {
            next = next(ToAgent.class);
        }
        assertThat(next).isInstanceOf(ToAgent.SignedCommand.class);
        String jws = ((ToAgent.SignedCommand) next).jws();
        Command command = Codec.read(Command.class, Jws.verify(jws, pinned));
        assertThat(command.server()).isEqualTo(server);
        return command;
    }

    /** The id of the key that signed a command, whether we trust it or not. */
    static String signer(ToAgent.SignedCommand command) {
        return new String(Base64.getUrlDecoder().decode(command.jws().split("\\.")[0]));
    }

    public <T extends ToAgent> T next(Class<T> type) throws InterruptedException {
        ToAgent message = heard.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(message).isInstanceOf(type);
        return type.cast(message);
    }

    /** The next that a report is kept; an order that came before it is still to be read. */
    public ToAgent.Kept kept() throws InterruptedException {
        List<ToAgent> before = new ArrayList<>();
        ToAgent message = heard.poll(PATIENCE, TimeUnit.SECONDS);
        while (message instanceof ToAgent.SignedCommand) {
            before.add(message);
            message = heard.poll(PATIENCE, TimeUnit.SECONDS);
        }
        assertThat(message).isInstanceOf(ToAgent.Kept.class);
        heard.addAll(before);
        return (ToAgent.Kept) message;
    }

    /** Until the server has what we say after the handshake: it is online then. */
    public void awaitOnline() throws Exception {
        say(new FromAgent.Received("cmd_none"));
        report(0, new Report.Dropped(0));
        next(ToAgent.Kept.class);
    }

    /** Says something and waits for the answer, so that everything before it has been handled. */
    void hearsNothing(long sequence) throws Exception {
        report(sequence, new Report.Dropped(0));
        assertThat(next(ToAgent.Kept.class).sequence()).isEqualTo(sequence);
        assertThat(heard).isEmpty();
    }

    int closeCode() throws Exception {
        return closed.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Reads nothing any more, so that pings stay unanswered, and keeps the line. */
    void goDeaf() {
        deaf = true;
    }

    /** The line breaks without a word. */
    void vanish() {
        socket().abort();
    }

    @Override
    public void close() throws Exception {
        if (socket != null) {
            socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE, TimeUnit.SECONDS);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(Codec.read(ToAgent.class, text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        if (!deaf) {
            from.request(1);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(1006);
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not dialled");
        }
        return open;
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
