package dev.escale.control.agentlink;

import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents that are connected to this process, one link each. */
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final Map<ServerId, Delivery> deliveries = new ConcurrentHashMap<>();

    /**
     * Takes over from an older link of the same server.
     *
     * @return the link that is void now: the older one, or this one if it is not the newest itself
     */
    Optional<Link> add(Delivery arriving) {
        var beaten = new AtomicReference<Delivery>();
        deliveries.compute(
                arriving.link().server(),
                (server, present) -> {
                    boolean newer =
                            present == null || present.link().epoch() < arriving.link().epoch();
                    beaten.set(newer ? present : arriving);
                    return newer ? arriving : present;
                });
        return Optional.ofNullable(beaten.get()).map(Delivery::link);
    }

    /**
     * @return whether it was the server's present link
     */
    boolean remove(Link link) {
        Delivery present = deliveries.get(link.server());
        return present != null
                && present.link() == link
                && deliveries.remove(link.server(), present);
    }

    boolean isOnline(ServerId server) {
        return deliveries.containsKey(server);
    }

    /** There may be commands for this server. */
    void ring(ServerId server) {
        Delivery delivery = deliveries.get(server);
        if (delivery != null) {
            delivery.ring();
        }
    }

    /** Lost when the server is away, or its link breaks just now. */
    void say(ServerId server, ToAgent message) {
        Delivery delivery = deliveries.get(server);
        if (delivery == null) {
            return;
        }
        try {
            delivery.link().socket().send(message);
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("not said to server={}: {}", server, gone.getMessage());
        }
    }

    void ringAll() {
        deliveries.values().forEach(Delivery::ring);
    }

    void close(ServerId server, int code, String reason) {
        Delivery delivery = deliveries.get(server);
        if (delivery != null) {
            delivery.link().socket().close(code, reason);
        }
    }

    Collection<Link> all() {
        return List.copyOf(deliveries.values()).stream().map(Delivery::link).toList();
    }
}
