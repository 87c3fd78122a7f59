package dev.escale.control.web.stream;

import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One part on one page. It buffers nothing: it only knows whether it must be drawn again, and up to
 * which line the page has come, so a slow reader costs no memory and misses nothing.
 */
final class Subscription {
    private final LivePart part;
    private final String subject;
    private final String target;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    // of the thread that draws
    private long after;

    Subscription(LivePart part, String subject, String target, long after) {
        this.part = part;
        this.subject = subject;
        this.target = target;
        this.after = after;
    }

    String target() {
        return target;
    }

    /** Whether it shows what happened; then it is stale. */
    boolean told(Event event) {
        boolean mine = part.follows(subject, event);
        if (mine) {
            stale.set(true);
        }
        return mine;
    }

    Optional<Drawing> drawIfStale(Page page) {
        // cleared before looking: what is told meanwhile makes it stale again
        if (!stale.getAndSet(false)) {
            return Optional.empty();
        }
        Optional<Drawing> drawing = part.draw(page, subject, after);
        drawing.ifPresent(this::advance);
        return drawing;
    }

    private void advance(Drawing drawing) {
        if (drawing.upTo() > 0) {
            after = drawing.upTo();
        }
        if (drawing.more()) {
            stale.set(true);
        }
    }
}
