package dev.escale.control.event;

import dev.escale.control.db.TeamId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers of a team what happened, on the thread of the one who publishes. A consumer
 * must not block: one with slow work keeps a bounded queue of its own.
 */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Publish after the commit: {@code database.afterCommit(() -> events.publish(…))}. */
    public void publish(Event event) {
        for (Subscription subscription : subscriptions) {
            if (subscription.wants(event)) {
                deliver(event, subscription);
            }
        }
    }

    /**
     * @return ends the subscription
     */
    public Subscribed subscribe(TeamId team, Predicate<String> topic, Consumer<Event> consumer) {
        var subscription = new Subscription(team, topic, consumer);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    private static void deliver(Event event, Subscription subscription) {
        try {
            subscription.consumer().accept(event);
        } catch (RuntimeException failure) {
            // the publisher's work is done and committed: one broken reader must not undo it
            LOG.warn("event {} {} was not taken", event.topic(), event.kind(), failure);
        }
    }

    /** A subscription that ends when it is closed. */
    public interface Subscribed extends AutoCloseable {
        @Override
        void close();
    }

    private record Subscription(TeamId team, Predicate<String> topic, Consumer<Event> consumer) {
        boolean wants(Event event) {
            return event.team().equals(team) && topic.test(event.topic());
        }
    }
}
