package dev.escale.control.web.stream;

import dev.escale.control.db.Outage;
import dev.escale.control.event.Events;
import dev.escale.control.operation.RateLimit;
import dev.escale.control.operation.Reads;
import dev.escale.control.web.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The pages' WebSocket, {@code /stream}. */
final class PageStream extends TextWebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PageStream.class);

    /** Pages that one person has open at the same time. */
    static final int MOST_PER_PERSON = 100;

    static final int MOST_PARTS = 32;
    private static final int LARGEST_MESSAGE = 16 << 10;

    private final Map<String, LivePart> parts;
    private final Map<String, LiveFeed> feeds;
    private final Events events;
    private final SessionRepository<? extends Session> sessions;
    private final JsonMapper json;
    private final RateLimit asked;
    private final Outage outage = new Outage(LOG, "keeping open pages true");
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    PageStream(
            List<LivePart> parts,
            List<LiveFeed> feeds,
            Events events,
            SessionRepository<? extends Session> sessions,
            JsonMapper json,
            RateLimit asked) {
        this.asked = asked;
        this.parts = byName(parts, LivePart::name);
        this.feeds = byName(feeds, LiveFeed::name);
        this.events = events;
        this.sessions = sessions;
        this.json = json;
    }

    private record Reader(PageSocket socket, Events.Subscribed events) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setTextMessageSizeLimit(LARGEST_MESSAGE);
        Page page = StreamHandshake.page(session);
        String id = StreamHandshake.sessionId(session);
        var socket =
                new PageSocket(session, page, () -> sessions.findById(id) != null, json, outage);
        var subscribed = events.subscribe(page.reader().team().id(), topic -> true, socket::told);
        readers.put(session.getId(), new Reader(socket, subscribed));
        if (openOf(page.reader().actor().id()) > MOST_PER_PERSON) {
            close(session);
            return;
        }
        socket.start();
    }

    private long openOf(String person) {
        return readers.values().stream()
                .filter(each -> each.socket().page().reader().actor().id().equals(person))
                .count();
    }

    private static void close(WebSocketSession session) {
        try {
            session.close(CloseStatus.SERVICE_OVERLOAD.withReason("too many open pages"));
        } catch (IOException gone) {
            LOG.debug("page {} went: {}", session.getId(), gone.toString());
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message)
            throws Exception {
        Reader reader = readers.get(session.getId());
        PageMessage.Subscribe wishes = read(message.getPayload());
        if (reader == null || wishes == null || wishes.subscribe() == null) {
            session.close(CloseStatus.BAD_DATA);
            return;
        }
        if (!asked.take(session.getId()).isZero()) {
            session.close(CloseStatus.POLICY_VIOLATION.withReason("too many wishes"));
            return;
        }
        List<Subscription> subscriptions = new ArrayList<>();
        List<LiveFeed.Running> running = new ArrayList<>();
        wishes.subscribe().stream()
                .limit(MOST_PARTS)
                .forEach(wish -> add(wish, reader.socket(), subscriptions, running));
        reader.socket().subscribe(subscriptions, running);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Reader reader = readers.remove(session.getId());
        if (reader != null) {
            reader.events().close();
            reader.socket().close();
        }
    }

    private void add(
            PageMessage.@Nullable Wish wish,
            PageSocket socket,
            List<Subscription> subscriptions,
            List<LiveFeed.Running> running) {
        if (wish == null
                || wish.part() == null
                || wish.subject() == null
                || wish.target() == null
                || !Reads.mayFollow(socket.page().reader().actor(), wish.part())) {
            return;
        }
        LivePart part = parts.get(wish.part());
        LiveFeed feed = feeds.get(wish.part());
        if (part != null) {
            long after = wish.after() == null ? 0 : Math.max(0, wish.after());
            subscriptions.add(new Subscription(part, wish.subject(), wish.target(), after));
        } else if (feed != null) {
            running.add(feed.open(socket.page(), wish.subject(), socket.sink(wish.target())));
        }
    }

    private PageMessage.@Nullable Subscribe read(String text) {
        try {
            return json.readValue(text, PageMessage.Subscribe.class);
        } catch (JacksonException nonsense) {
            return null;
        }
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }
}
