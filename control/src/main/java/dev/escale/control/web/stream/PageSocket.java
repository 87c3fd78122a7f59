package dev.escale.control.web.stream;

import dev.escale.control.db.Outage;
import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * The far end of one page. A thread of its own draws and sends; whoever publishes events only marks
 * what is stale and rings.
 */
final class PageSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageSocket.class);
    private static final int FEED_DRAWINGS = 8;
    private static final long LOOK = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(500);
    private static final TextMessage BEAT = new TextMessage("{}");
    private static final int SIGNED_OUT = 4401;
    private static final int RIGHTS_CHANGED = 4403;

    private final WebSocketSession socket;
    private final Page page;
    private final BooleanSupplier signedIn;
    private final JsonMapper json;
    private final Outage outage;
    private final Semaphore bell = new Semaphore(0);
    private final BlockingQueue<PageMessage.Swapped> fed = new ArrayBlockingQueue<>(FEED_DRAWINGS);
    private volatile List<Subscription> subscriptions = List.of();
    private volatile List<LiveFeed.Running> feeds = List.of();
    private volatile boolean open = true;
    private volatile boolean mustLook;
    private volatile boolean rightsChanged;

    /**
     * @param outage of all pages together
     */
    PageSocket(
            WebSocketSession socket,
            Page page,
            BooleanSupplier signedIn,
            JsonMapper json,
            Outage outage) {
        this.socket = socket;
        this.page = page;
        this.signedIn = signedIn;
        this.json = json;
        this.outage = outage;
    }

    void start() {
        Thread.ofVirtual().name("page-" + socket.getId()).start(this::run);
    }

    Page page() {
        return page;
    }

    /** Replaces what was subscribed before; each part is drawn once at once. */
    void subscribe(List<Subscription> wanted, List<LiveFeed.Running> opened) {
        feeds.forEach(LiveFeed.Running::close);
        feeds = opened;
        subscriptions = wanted;
        bell.release();
    }

    void told(Event event) {
        boolean mine = event.topic().equals(Event.RIGHTS) && toldOfRights(event);
        for (Subscription subscription : subscriptions) {
            mine |= subscription.told(event);
        }
        if (mine) {
            bell.release();
        }
    }

    private boolean toldOfRights(Event event) {
        if (!event.detail().equals("") && !event.detail().equals(page.reader().actor().id())) {
            return false;
        }
        mustLook = true;
        rightsChanged |= !event.kind().equals("session");
        return true;
    }

    LiveFeed.Sink sink(String target) {
        return drawing -> {
            if (!open) {
                throw new InterruptedException("the reader has gone");
            }
            fed.put(PageMessage.Swapped.of(target, drawing));
            bell.release();
        };
    }

    @Override
    public void close() {
        open = false;
        feeds.forEach(LiveFeed.Running::close);
        fed.clear();
        bell.release();
    }

    private void run() {
        try {
            long nextLook = System.nanoTime() + LOOK;
            while (open) {
                boolean rung = bell.tryAcquire(nextLook - System.nanoTime(), TimeUnit.NANOSECONDS);
                bell.drainPermits();
                boolean told = mustLook;
                if (!rung || told || System.nanoTime() >= nextLook) {
                    mustLook = false;
                    if (!look()) {
                        return;
                    }
                    // what is told of may be a moment from being done
                    nextLook = System.nanoTime() + (told ? LOOK_AGAIN : LOOK);
                }
                sendFed();
                drawStale();
            }
        } catch (IOException gone) {
            LOG.debug("page {} went: {}", socket.getId(), gone.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            outage.met(failure);
            closeFailed();
        }
    }

    /**
     * Every 10 s, however much there is to draw, and when something was told of the reader. The
     * browser's answer to the ping keeps the connection from idling out; scripts see no pings, so
     * the beat tells the page that we are here.
     */
    private boolean look() throws IOException {
        if (!signedIn.getAsBoolean()) {
            socket.close(new CloseStatus(SIGNED_OUT, "signed out"));
            return false;
        }
        outage.over();
        if (rightsChanged) {
            socket.close(new CloseStatus(RIGHTS_CHANGED, "rights changed"));
            return false;
        }
        socket.sendMessage(new PingMessage());
        socket.sendMessage(BEAT);
        return true;
    }

    private void drawStale() throws IOException {
        boolean again;
        do {
            again = false;
            for (Subscription subscription : subscriptions) {
                Optional<Drawing> drawing = subscription.drawIfStale(page);
                if (drawing.isPresent()) {
                    send(PageMessage.Swapped.of(subscription.target(), drawing.get()));
                    again |= drawing.get().more();
                }
            }
            sendFed();
        } while (again && open);
    }

    private void sendFed() throws IOException {
        for (PageMessage.Swapped next = fed.poll(); next != null; next = fed.poll()) {
            send(next);
        }
    }

    private void send(PageMessage.Swapped message) throws IOException {
        socket.sendMessage(new TextMessage(json.writeValueAsBytes(message)));
    }

    private void closeFailed() {
        try {
            socket.close(CloseStatus.SERVER_ERROR);
        } catch (IOException gone) {
            LOG.debug("page {} went: {}", socket.getId(), gone.toString());
        }
    }
}
