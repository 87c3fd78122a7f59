package dev.escale.control.web.stream;

import dev.escale.control.event.Events;
import dev.escale.control.operation.Reads;
import dev.escale.control.web.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    static final int MOST_PARTS = 32;
    private static final int LARGEST_MESSAGE = 16 << 10;

    private final Map<String, LivePart> parts;
    private final Map<String, LiveFeed> feeds;
    private final Events events;
    private final SessionRepository<? extends Session> sessions;
    private final JsonMapper json;
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    PageStream(
            List<LivePart> parts,
            List<LiveFeed> feeds,
            Events events,
            SessionRepository<? extends Session> sessions,
            JsonMapper json) {
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
        var socket = new PageSocket(session, page, () -> sessions.findById(id) != null, json);
        var subscribed = events.subscribe(page.reader().team().id(), topic -> true, socket::told);
        readers.put(session.getId(), new Reader(socket, subscribed));
        socket.start();
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
