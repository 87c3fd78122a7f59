package dev.escale.agent.link;

import com.neovisionaries.ws.client.OpeningHandshakeException;
import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFactory;
import com.neovisionaries.ws.client.WebSocketFrame;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Jws;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, from dialling to its end. Frames come on its reading thread, one after the other.
 *
 * <pre>
 *   dialled ──Challenge──▶ challenged (we sent Hello) ──Welcome──▶ open ──▶ ended
 * </pre>
 */
final class Connection extends WebSocketAdapter {
    /** Bytes handed over and not yet written to the socket, above which streams are dropped. */
    static final long CONGESTED = 256 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PING = Duration.ofSeconds(10);

    private final Greeting greeting;
    private final Inbox inbox;
    private final Outbox outbox;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicLong underWay = new AtomicLong();
    private volatile State state = State.DIALLED;
    private volatile long lastFrame = System.nanoTime();
    private @Nullable WebSocket socket;

    enum State {
        DIALLED,
        CHALLENGED,
        OPEN,
        ENDED
    }

    /** Why it is over. */
    sealed interface End {
        record Lost(String why) implements End {}

        /** The control plane answered, and does not want this server. */
        record Refused(String why) implements End {}

        /** The control plane has new signing keys to tell. */
        record Renew() implements End {}
    }

    Connection(Greeting greeting, Inbox inbox, Outbox outbox) {
        this.greeting = greeting;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** Returns when the WebSocket stands; the greeting follows on the reading thread. */
    void dial(Authority authority, String url) throws IOException {
        WebSocket dialling =
                new WebSocketFactory()
                        .setSSLSocketFactory(authority.sockets())
                        .setConnectionTimeout((int) PATIENCE.toMillis())
                        .setSocketTimeout((int) PATIENCE.toMillis())
                        .createSocket(url)
                        .setPingInterval(PING.toMillis())
                        .addListener(this);
        socket = dialling;
        try {
            dialling.connect();
        } catch (OpeningHandshakeException answered) {
            int status = answered.getStatusLine().getStatusCode();
            throw new NotWelcome(status, answered.getStatusLine().toString());
        } catch (WebSocketException failure) {
            throw new IOException(reason(failure), failure);
        }
    }

    CompletableFuture<End> end() {
        return end;
    }

    boolean open() {
        return state == State.OPEN;
    }

    /** How long nothing has come, pongs included. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastFrame);
    }

    boolean congested() {
        return underWay.get() > CONGESTED;
    }

    /** Whether something may be sent now. */
    boolean clear() {
        return open() && !congested();
    }

    void send(String json) {
        WebSocket to = socket;
        if (to != null && state != State.ENDED) {
            underWay.addAndGet(json.length());
            to.sendText(json);
        }
    }

    /** Ends it now, whatever the other side does. */
    void abandon(String why) {
        finish(new End.Lost(why));
        WebSocket open = socket;
        if (open != null) {
            open.disconnect(1000, null, 500);
        }
    }

    @Override
    public void onFrame(WebSocket from, WebSocketFrame frame) {
        lastFrame = System.nanoTime();
    }

    @Override
    public void onTextMessage(WebSocket from, String text) {
        if (state == State.ENDED) {
            return;
        }
        try {
            receive(Codec.read(ToAgent.class, text));
        } catch (Codec.Malformed nonsense) {
            breakOff("a frame that is no message: " + nonsense.getMessage());
        } catch (Jws.SignatureRefused forged) {
            breakOff("a greeting that is " + forged.getMessage());
        } catch (IOException failure) {
            breakOff(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void onBinaryMessage(WebSocket from, byte[] bytes) {
        breakOff("a binary frame");
    }

    @Override
    public void onFrameSent(WebSocket from, WebSocketFrame frame) {
        settle(frame);
    }

    @Override
    public void onFrameUnsent(WebSocket from, WebSocketFrame frame) {
        settle(frame);
    }

    @Override
    public void onDisconnected(
            WebSocket from,
            @Nullable WebSocketFrame theirs,
            @Nullable WebSocketFrame ours,
            boolean byThem) {
        finish(byThem && theirs != null ? told(theirs) : new End.Lost("the connection broke"));
    }

    @Override
    public void handleCallbackError(WebSocket from, Throwable thrown) {
        System.getLogger(Connection.class.getName())
                .log(System.Logger.Level.ERROR, "a frame could not be handled", thrown);
        breakOff("an error of this agent");
    }

    private void receive(ToAgent message) throws IOException {
        switch (message) {
            case ToAgent.Challenge challenge when state == State.DIALLED -> {
                state = State.CHALLENGED;
                send(Codec.write(FromAgent.class, greeting.answer(challenge)));
            }
            case ToAgent.Welcome welcome when state == State.CHALLENGED -> {
                greeting.accept(welcome);
                state = State.OPEN;
                outbox.nudge();
            }
            case ToAgent.SignedCommand command when state == State.OPEN ->
                    inbox.command(command.jws());
            case ToAgent.Kept kept when state == State.OPEN -> outbox.kept(kept.sequence());
            case ToAgent.Credit(String stream, int lines) when state == State.OPEN ->
                    inbox.credit(stream, lines);
            case ToAgent.Challenge _,
                    ToAgent.Welcome _,
                    ToAgent.SignedCommand _,
                    ToAgent.Kept _,
                    ToAgent.Credit _ ->
                    breakOff(message.getClass().getSimpleName() + " out of order");
        }
    }

    private void breakOff(String what) {
        finish(new End.Lost("the control plane sent " + what));
        WebSocket open = socket;
        if (open != null) {
            open.disconnect(1008, null, 500);
        }
    }

    private void finish(End how) {
        state = State.ENDED;
        end.complete(how);
        outbox.nudge();
    }

    private void settle(WebSocketFrame frame) {
        if (frame.isTextFrame()) {
            String text = frame.getPayloadText();
            if (underWay.addAndGet(text == null ? 0 : -text.length()) <= CONGESTED) {
                outbox.nudge();
            }
        }
    }

    private static End told(WebSocketFrame close) {
        String reason = close.getCloseReason();
        String why = "closed with " + close.getCloseCode() + (reason == null ? "" : " " + reason);
        return switch (close.getCloseCode()) {
            case CloseCode.REFUSED, CloseCode.REMOVED -> new End.Refused(why);
            case CloseCode.RENEW -> new End.Renew();
            default -> new End.Lost(why);
        };
    }

    private static String reason(WebSocketException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The control plane answered the upgrade with something else. */
    static final class NotWelcome extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        NotWelcome(int status, String line) {
            super("the control plane answered " + line);
            this.status = status;
        }

        /** A 5xx comes from a control plane that is starting, or from a proxy before it. */
        boolean lasting() {
            return status >= 400 && status < 500 && status != 408 && status != 429;
        }
    }
}
