package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;

/** Hands on what a greeted agent says. Everything here happens on the link's reading thread. */
final class Inbox {
    private final Reports reports;
    private final AgentStreams streams;
    private final ObjectProvider<SampleListener> samples;
    private final Trust trust;
    private final Acknowledgements acknowledgements;

    Inbox(
            Reports reports,
            AgentStreams streams,
            ObjectProvider<SampleListener> samples,
            Trust trust,
            Acknowledgements acknowledgements) {
        this.reports = reports;
        this.streams = streams;
        this.samples = samples;
        this.trust = trust;
        this.acknowledgements = acknowledgements;
    }

    void take(Link link, FromAgent message) throws IOException {
        trust.answered(link);
        switch (message) {
            case FromAgent.Hello again -> throw new Greeting.Refused(CloseCode.MALFORMED, "order");
            case FromAgent.Received received -> acknowledgements.received(link, received);
            case FromAgent.Durable durable -> {
                reports.store(link, durable);
                link.socket().send(new ToAgent.Kept(durable.sequence()));
            }
            case FromAgent.Sample sample ->
                    samples.orderedStream()
                            .forEach(
                                    listener ->
                                            listener.sample(
                                                    link.team(), link.server(), sample.metrics()));
            case FromAgent.LogLines lines -> streams.lines(link.server(), lines);
            case FromAgent.LogEnd end -> streams.ended(link.server(), end);
        }
    }

    /** Marks commands that stand in an agent's journal. */
    record Acknowledgements(Database database, CommandRows rows, Clock clock) {
        void received(Link link, FromAgent.Received received) {
            if (received.command().isBlank()) {
                throw new Greeting.Refused(CloseCode.MALFORMED, "malformed");
            }
            database.write(
                    link.team(),
                    tx -> {
                        rows.acknowledged(
                                tx,
                                link.team(),
                                link.server(),
                                new CommandId(received.command()),
                                clock.instant());
                        return true;
                    });
        }
    }
}
