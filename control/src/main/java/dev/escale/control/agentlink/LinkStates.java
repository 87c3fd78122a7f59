package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.protocol.CloseCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Brings links up and down: the row, the event, and everybody who depends on it. */
final class LinkStates {
    private static final Logger LOG = LoggerFactory.getLogger(LinkStates.class);

    private final LinkedServers servers;
    private final Links links;
    private final AgentStreams streams;
    private final ObjectProvider<SampleListener> samples;
    private final Outside outside;

    /** What a link needs of the rest of the program. */
    record Outside(Database database, CommandRows rows, Events events, Clock clock) {}

    LinkStates(
            LinkedServers servers,
            Links links,
            AgentStreams streams,
            ObjectProvider<SampleListener> samples,
            Outside outside) {
        this.servers = servers;
        this.links = links;
        this.streams = streams;
        this.samples = samples;
        this.outside = outside;
    }

    void up(Greeting.Greeted greeted) throws IOException {
        Link link = greeted.link();
        link.socket().send(greeted.welcome());
        var delivery = new Delivery(link, outside.database(), outside.rows(), outside.clock());
        links.add(delivery)
                .ifPresent(
                        beaten ->
                                beaten.socket()
                                        .close(CloseCode.REPLACED, "a newer connection took over"));
        servers.online(link.team(), link.server(), link.epoch(), outside.clock().instant());
        LOG.info("server={} online, epoch {}", link.server(), link.epoch());
        publish(link.team(), link.server(), "online");
        delivery.ring();
        streams.back(link.server());
    }

    void down(Link link) {
        if (!links.remove(link)) {
            return;
        }
        streams.away(link.server());
        samples.orderedStream().forEach(listener -> listener.silent(link.team(), link.server()));
        if (servers.offline(link.team(), link.server(), link.epoch(), outside.clock().instant())) {
            LOG.info("server={} offline, epoch {}", link.server(), link.epoch());
            publish(link.team(), link.server(), "offline");
        }
    }

    /** Of servers that were linked to a process which is no more. */
    void abandoned(TeamId team, Instant heardBefore) {
        for (ServerId server : servers.abandoned(team, heardBefore)) {
            LOG.info("server={} offline, not heard since {}", server, heardBefore);
            publish(team, server, "offline");
        }
    }

    private void publish(TeamId team, ServerId server, String kind) {
        outside.events().publish(new Event(team, "server:" + server, kind, server));
        outside.events().publish(new Event(team, "servers", kind, server));
    }
}
