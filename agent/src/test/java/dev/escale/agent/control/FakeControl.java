package dev.escale.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.CloseCode;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Handshake;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import dev.escale.protocol.Report;
import dev.escale.protocol.Session;
import dev.escale.protocol.SigningKey;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A control plane for one server: registers it, greets it, sends it commands, and keeps what it
 * reports. Its knobs let it misbehave.
 */
public final class FakeControl implements AutoCloseable {
    public static final String SERVER = "srv_test";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestAuthority authority = new TestAuthority();
    private final SSLServerSocket listener;
    private final BlockingQueue<FromAgent> messages = new LinkedBlockingQueue<>();
    private final List<FromAgent.Durable> kept = new CopyOnWriteArrayList<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private volatile KeyPair signing = pair();
    private volatile String keyId = "k1";
    private volatile List<SigningKey> announced;
    private volatile @Nullable PublicKey serverKey;
    private volatile @Nullable Peer peer;
    private volatile long epoch;
    private final Object greeted = new Object();

    /** How it greets, and whether it says what it has kept. */
    public volatile Function<Session, Session> greeting = session -> session;

    public volatile boolean keeps = true;
    public volatile boolean answers = true;
    public volatile boolean accepts = true;
    public volatile Duration clockOffset = Duration.ZERO;
    public volatile @Nullable String refusal;

    public FakeControl() throws IOException {
        this("localhost");
    }

    public FakeControl(String certificateName) throws IOException {
        listener =
                (SSLServerSocket)
                        authority
                                .context(certificateName)
                                .getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        announced = List.of(signingKey());
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "https://localhost:" + listener.getLocalPort();
    }

    public String fingerprint() {
        return authority.fingerprint();
    }

    public TestAuthority authority() {
        return authority;
    }

    public SigningKey signingKey() {
        return new SigningKey(keyId, Jws.encode(signing.getPublic()));
    }

    public List<Registration> registrations() {
        return registrations;
    }

    public void trust(PublicKey key) {
        serverKey = key;
    }

    /** Announces a next key under the present one, from the next greeting on. */
    public KeyPair announceNext(String id) {
        KeyPair next = pair();
        announced = List.of(signingKey(), new SigningKey(id, Jws.encode(next.getPublic())));
        return next;
    }

    public void signWith(String id, KeyPair key) {
        keyId = id;
        signing = key;
        announced = List.of(signingKey());
    }

    // ---- what it says

    public Instant now() {
        return Instant.now().plus(clockOffset);
    }

    public Command command(String id, Order order) {
        return new Command(id, SERVER, "ada", now(), now().plusSeconds(60), order);
    }

    public String sign(Command command) {
        return Jws.sign(Codec.write(Command.class, command), keyId, signing.getPrivate());
    }

    public void send(String id, Order order) {
        send(sign(command(id, order)));
    }

    /** Any text under our signature. */
    public void sendSigned(String payload) {
        send(Jws.sign(payload, keyId, signing.getPrivate()));
    }

    public void send(String jws) {
        sendText(Codec.write(ToAgent.class, new ToAgent.SignedCommand(jws)));
    }

    public void sendText(String text) {
        sendFrame(Frames.TEXT, text.getBytes(UTF_8));
    }

    public void sendFrame(int kind, byte[] payload) {
        Peer to = peer;
        if (to == null) {
            throw new AssertionError("no agent is connected");
        }
        try {
            to.frames().write(kind, payload);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the connection with this code. */
    public void closeWith(int code) {
        sendFrame(Frames.CLOSE, Frames.code(code));
    }

    /** Cuts the connection without a word. */
    public void drop() {
        Peer to = peer;
        peer = null;
        if (to != null) {
            to.close();
        }
    }

    // ---- what it heard

    public <T extends FromAgent> T await(Class<T> type) throws InterruptedException {
        return await(type, _ -> true);
    }

    public <T extends FromAgent> T await(Class<T> type, Predicate<T> which)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FromAgent message = messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("no such " + type.getSimpleName() + " came");
            }
            if (type.isInstance(message) && which.test(type.cast(message))) {
                return type.cast(message);
            }
        }
    }

    public <T extends Report> T awaitReport(Class<T> type) throws InterruptedException {
        return type.cast(
                await(FromAgent.Durable.class, durable -> type.isInstance(durable.report()))
                        .report());
    }

    public Outcome outcome(String command) throws InterruptedException {
        FromAgent.Durable done =
                await(
                        FromAgent.Durable.class,
                        durable ->
                                durable.report() instanceof Report.CommandDone answer
                                        && answer.command().equals(command));
        return ((Report.CommandDone) done.report()).outcome();
    }

    /** Until the greeting is out. */
    public void awaitOpen() throws InterruptedException {
        synchronized (greeted) {
            while (peer == null) {
                greeted.wait(PATIENCE.toMillis());
            }
        }
    }

    public List<FromAgent.Durable> kept() {
        return new ArrayList<>(kept);
    }

    /** Whether nothing else was said up to now. */
    public boolean quiet() {
        return messages.isEmpty();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        drop();
    }

    // ---- inside

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            var request = HttpRequest.read(socket.getInputStream());
            if (!accepts) {
                return;
            }
            if (request.line().startsWith("POST /agent/v1/register")) {
                register(socket, request.body());
            } else {
                upgrade(socket, request);
            }
        } catch (IOException gone) {
            return; // the agent went, or the test did
        }
    }

    private void register(SSLSocket socket, String body) throws IOException {
        String refused = refusal;
        if (refused != null) {
            HttpRequest.answer(socket.getOutputStream(), 410, "Gone", refused);
            return;
        }
        Registration registration = Codec.read(Registration.class, body);
        registrations.add(registration);
        serverKey = Jws.publicKey(registration.publicKey());
        var answer = new Registered(SERVER, registration.facts().hostname(), announced);
        HttpRequest.answer(
                socket.getOutputStream(), 201, "Created", Codec.write(Registered.class, answer));
    }

    private void upgrade(SSLSocket socket, HttpRequest request) throws IOException {
        request.upgrade(socket.getOutputStream());
        var frames = new Frames(socket.getInputStream(), socket.getOutputStream());
        var connected = new Peer(socket, frames);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        write(frames, new ToAgent.Challenge(nonce, ProtocolVersion.CURRENT));
        try {
            hear(connected, nonce);
        } finally {
            if (connected.equals(peer)) {
                peer = null;
            }
        }
    }

    private void hear(Peer connected, String nonce) throws IOException {
        Frames frames = connected.frames();
        while (true) {
            Frames.Frame frame = frames.read();
            if (frame.kind() == Frames.PING && answers) {
                frames.write(Frames.PONG, frame.payload());
            } else if (frame.kind() == Frames.CLOSE) {
                frames.write(Frames.CLOSE, frame.payload());
                return;
            } else if (frame.kind() == Frames.TEXT) {
                heard(connected, Codec.read(FromAgent.class, frame.text()), nonce);
            }
        }
    }

    private void heard(Peer from, FromAgent message, String nonce) throws IOException {
        if (message instanceof FromAgent.Hello hello) {
            greet(from, hello, nonce);
        }
        if (message instanceof FromAgent.Durable durable && keeps) {
            if (kept.stream().noneMatch(k -> k.sequence() == durable.sequence())) {
                kept.add(durable);
            }
            write(from.frames(), new ToAgent.Kept(durable.sequence()));
        }
        messages.add(message);
    }

    private void greet(Peer to, FromAgent.Hello hello, String nonce) throws IOException {
        PublicKey key = serverKey;
        byte[] signed = Handshake.bytesToSign(fingerprint(), hello.server(), nonce);
        byte[] signature = Base64.getUrlDecoder().decode(hello.signature());
        if (key == null || !Jws.check(signed, signature, key) || refusal != null) {
            to.frames().close(CloseCode.REFUSED);
            return;
        }
        var session = new Session(SERVER, ++epoch, now(), nonce, announced);
        String payload = Codec.write(Session.class, greeting.apply(session));
        write(to.frames(), new ToAgent.Welcome(Jws.sign(payload, keyId, signing.getPrivate())));
        synchronized (greeted) {
            peer = to;
            greeted.notifyAll();
        }
    }

    private static void write(Frames to, ToAgent message) throws IOException {
        to.write(Frames.TEXT, Codec.write(ToAgent.class, message).getBytes(UTF_8));
    }

    static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private record Peer(SSLSocket socket, Frames frames) {
        void close() {
            try {
                socket.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
