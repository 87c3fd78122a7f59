package dev.escale.control.agentlink;

import dev.escale.protocol.Codec;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * One WebSocket. Sending blocks until the frame is written, so an agent that does not read holds up
 * the thread that works for it, and nothing piles up here.
 */
final class AgentSocket {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSocket.class);

    /** Attribute of the session: where it comes from, through the proxies that are believed. */
    static final String ADDRESS = "escale.address";

    private final WebSocketSession session;
    private final String address;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean heard = true;
    private volatile boolean closing;
    private int silences;

    AgentSocket(WebSocketSession session) {
        this.session = session;
        this.address = String.valueOf(session.getAttributes().get(ADDRESS));
    }

    /** Of the far end, also after it has gone. */
    String address() {
        return address;
    }

    void send(ToAgent message) throws IOException {
        sending.lock();
        try {
            session.sendMessage(new TextMessage(Codec.write(ToAgent.class, message)));
        } finally {
            sending.unlock();
        }
    }

    /** A sign of life came: any frame. */
    void heard() {
        heard = true;
    }

    /**
     * Called at each beat by the heartbeat's thread alone.
     *
     * @return beats since the last sign of life
     */
    int silences() {
        silences = heard ? 0 : silences + 1;
        heard = false;
        return silences;
    }

    /** Does not wait for the ping to be written. */
    void ping() {
        Thread.ofVirtual()
                .name("agent-ping")
                .start(
                        () -> {
                            try {
                                session.sendMessage(new PingMessage());
                            } catch (IOException | IllegalStateException gone) {
                                LOG.debug("ping not sent: {}", gone.getMessage());
                            }
                        });
    }

    /** Whether it was closed from here; what still comes was sent before the agent knew. */
    boolean closing() {
        return closing;
    }

    /** Does not wait for the agent. */
    void close(int code, String reason) {
        closing = true;
        Thread.ofVirtual()
                .name("agent-close")
                .start(
                        () -> {
                            try {
                                session.close(new CloseStatus(code, reason));
                            } catch (IOException | IllegalStateException gone) {
                                LOG.debug("close not sent: {}", gone.getMessage());
                            }
                        });
    }

    /** Ends the connection without a word: nobody is there to hear one. */
    void cut() {
        if (session instanceof NativeWebSocketSession jetty) {
            Session socket = jetty.getNativeSession(Session.class);
            if (socket != null) {
                socket.disconnect();
            }
        }
    }
}
