package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one link's commands, in the order in which they were queued. A ring while it works makes it
 * look once more; however many ring, one thread works.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Link link;
    private final Database database;
    private final CommandRows rows;
    private final Clock clock;
    private final AtomicInteger rings = new AtomicInteger();
    private long last;

    Delivery(Link link, Database database, CommandRows rows, Clock clock) {
        this.link = link;
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    Link link() {
        return link;
    }

    void ring() {
        if (rings.getAndIncrement() == 0) {
            Thread.ofVirtual().name("delivery-" + link.server()).start(this::deliver);
        }
    }

    private void deliver() {
        int answered = rings.get();
        while (answered > 0) {
            if (!sendWaiting()) {
                return;
            }
            answered = rings.addAndGet(-answered);
        }
    }

    /**
     * @return false when the link is broken; what was not acknowledged is sent again on the next
     */
    private boolean sendWaiting() {
        try {
            List<CommandRows.Outgoing> next = take();
            while (!next.isEmpty()) {
                for (CommandRows.Outgoing outgoing : next) {
                    link.send(outgoing.command());
                    last = outgoing.position();
                }
                next = take();
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            LOG.warn("commands of server={} not sent, cutting its link", link.server(), failure);
            link.socket().cut();
            return false;
        }
    }

    private List<CommandRows.Outgoing> take() {
        return database.write(
                link.team(),
                tx -> rows.take(tx, link.team(), link.server(), last, clock.instant()));
    }
}
