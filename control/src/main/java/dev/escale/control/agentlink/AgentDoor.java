package dev.escale.control.agentlink;

import dev.escale.control.db.DatabaseTrouble;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * The agents' WebSocket, {@code /agent/v1/connect}.
 *
 * <pre>
 * opened: we send Challenge ──Hello──▶ greeted: we send Welcome ──anything but Hello──▶ greeted
 *    └── late ──▶ closed                  └── nonsense, dead, replaced, removed ──▶ closed
 * </pre>
 */
final class AgentDoor extends AbstractWebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDoor.class);
    private static final String GUEST = AgentDoor.class.getName();

    private final Greeting greeting;
    private final LinkStates states;
    private final Inbox inbox;
    private final Refusals refusals;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();

    AgentDoor(Greeting greeting, LinkStates states, Inbox inbox, Refusals refusals) {
        this.greeting = greeting;
        this.states = states;
        this.inbox = inbox;
        this.refusals = refusals;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        session.setTextMessageSizeLimit(Bounds.HELLO);
        session.setBinaryMessageSizeLimit(1);
        var guest = new Guest(new AgentSocket(session), Greeting.nonce());
        session.getAttributes().put(GUEST, guest);
        guests.add(guest);
        guest.socket().send(new ToAgent.Challenge(guest.nonce(), ProtocolVersion.CURRENT));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Guest guest = guest(session);
        guest.socket().heard();
        if (guest.socket().closing()) {
            // a report behind one that could not be stored would make that one count as missing
            return;
        }
        try {
            handle(session, guest, message.getPayload());
        } catch (Greeting.Refused refused) {
            refuse(guest, refused);
        } catch (Codec.Malformed nonsense) {
            refuse(guest, new Greeting.Refused(CloseCode.MALFORMED, "malformed"));
        } catch (LinkedServers.StaleLink stale) {
            guest.socket().close(CloseCode.REPLACED, "a newer connection took over");
        } catch (IOException away) {
            LOG.info("link of {} broke off: {}", guest, away.toString());
            guest.socket().close(CloseStatus.SERVER_ERROR.getCode(), "try again");
        } catch (RuntimeException failure) {
            // the agent comes back and sends again what was not kept
            DatabaseTrouble.of(failure)
                    .ifPresentOrElse(
                            trouble ->
                                    LOG.warn("link of {} cut, database={}", guest, trouble.text()),
                            () -> LOG.error("link of {} cut", guest, failure));
            guest.socket().close(CloseStatus.SERVER_ERROR.getCode(), "try again");
        } finally {
            guest.socket().heard();
        }
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        guest(session).socket().heard();
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        refuse(guest(session), new Greeting.Refused(CloseCode.MALFORMED, "malformed"));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) {
        LOG.debug("link of {}: {}", guest(session), failure.toString());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Guest guest = guest(session);
        guests.remove(guest);
        if (status.getCode() == CloseStatus.TOO_BIG_TO_PROCESS.getCode()) {
            refusals.refused(guest.socket().address(), "large");
        }
        Link link = guest.link();
        if (link != null) {
            states.down(link);
        }
    }

    /** Closes those that still have not said who they are since the last call. */
    void closeLate() {
        for (Guest guest : guests) {
            if (guest.isLate()) {
                refuse(guest, new Greeting.Refused(CloseCode.LATE, "late"));
            }
        }
    }

    private void handle(WebSocketSession session, Guest guest, String text) throws IOException {
        FromAgent message = Codec.read(FromAgent.class, Bounds.withoutNul(text));
        Link link = guest.link();
        if (link != null) {
            inbox.take(link, message);
        } else if (message instanceof FromAgent.Hello hello && !guest.refused()) {
            greet(session, guest, hello);
        } else {
            throw new Greeting.Refused(CloseCode.MALFORMED, "order");
        }
    }

    private void greet(WebSocketSession session, Guest guest, FromAgent.Hello hello)
            throws IOException {
        Greeting.Greeted greeted = greeting.answer(hello, guest.nonce(), guest.socket());
        session.setTextMessageSizeLimit(Bounds.MESSAGE);
        guest.greeted(greeted.link());
        guests.remove(guest);
        states.up(greeted);
        if (!session.isOpen()) {
            states.down(greeted.link());
        }
    }

    private void refuse(Guest guest, Greeting.Refused refused) {
        guest.refuse();
        guests.remove(guest);
        refusals.refused(guest.socket().address(), refused.reason());
        guest.socket().close(refused.closeCode(), refused.reason());
    }

    private static Guest guest(WebSocketSession session) {
        return (Guest) Objects.requireNonNull(session.getAttributes().get(GUEST));
    }
}
