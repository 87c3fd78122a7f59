package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Order;
import dev.escale.protocol.ToAgent;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Logs of servers, followed while somebody looks. */
public final class AgentStreams {
    /** Fewer than an agent opens at once. */
    private static final int PER_SERVER = 40;

    private static final Duration VALIDITY = Duration.ofSeconds(30);

    private final Database database;
    private final Commands commands;
    private final Links links;
    private final Map<String, Followed> followed = new ConcurrentHashMap<>();

    AgentStreams(Database database, Commands commands, Links links) {
        this.database = database;
        this.commands = commands;
        this.links = links;
    }

    /**
     * What a reader wants to see.
     *
     * @param backlog lines of the past to begin with, at most {@link #BACKLOG}
     */
    public record Wanted(LogSource source, LogQuery query, int backlog) {
        /** As much as an agent looks up for a stream. */
        public static final int BACKLOG = 5_000;
    }

    /**
     * Asks the agent for lines and hands them on until it is closed. When the server was away it
     * goes on where it stopped, without hole or double as long as the server still has the lines.
     *
     * @param wanted of this team and server: the caller has checked that
     * @param consumer called on a thread of the stream's own, never two at a time; may block: then
     *     the agent waits too
     * @throws ProblemException {@code streams.tooMany} (429)
     */
    public Following follow(
            TeamId team,
            ServerId server,
            Actor actor,
            Wanted wanted,
            Consumer<StreamPart> consumer) {
        if (followed.values().stream().filter(each -> each.of(server)).count() >= PER_SERVER) {
            throw ProblemException.of(
                    429, "streams.tooMany", "limit", Integer.toString(PER_SERVER));
        }
        String id = Ids.random("str");
        var buffer =
                new AgentStream(
                        id,
                        "stream-" + wanted.source().id(),
                        consumer,
                        (opening, lines) -> links.say(server, new ToAgent.Credit(opening, lines)));
        var stream = new Followed(team, server, actor, wanted, buffer);
        followed.put(id, stream);
        if (links.isOnline(server)) {
            open(stream);
        } else {
            buffer.interrupt();
        }
        return () -> unfollow(id);
    }

    /** Ends when it is closed. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Lines of a stream that nobody follows any more are left lying. */
    void lines(ServerId server, FromAgent.LogLines lines) {
        Followed stream = followed.get(AgentStream.idOf(lines.stream()));
        if (stream != null && stream.of(server)) {
            stream.buffer().offer(lines);
        }
    }

    void ended(ServerId server, FromAgent.LogEnd end) {
        Followed stream = followed.get(AgentStream.idOf(end.stream()));
        if (stream != null && stream.of(server) && end.note() != null) {
            stream.buffer().end(end.stream(), end.note());
        }
    }

    void away(ServerId server) {
        followed.values().stream()
                .filter(each -> each.of(server))
                .forEach(stream -> stream.buffer().interrupt());
    }

    void back(ServerId server) {
        followed.values().stream().filter(each -> each.of(server)).forEach(this::open);
    }

    /** An order to open it that was on its way when the line broke comes to nothing. */
    private void open(Followed stream) {
        AgentStream.Opening opening = stream.buffer().open();
        if (opening.before() != null) {
            order(stream, new Order.CloseLog(opening.before()));
        }
        Wanted wanted = stream.wanted();
        order(
                stream,
                new Order.OpenLog(
                        opening.id(),
                        List.of(wanted.source()),
                        wanted.query().text(),
                        opening.place(),
                        wanted.backlog(),
                        opening.credit()));
    }

    private void unfollow(String id) {
        Followed stream = followed.remove(id);
        if (stream == null) {
            return;
        }
        stream.buffer().close();
        String opening = stream.buffer().current();
        if (opening != null && links.isOnline(stream.server())) {
            order(stream, new Order.CloseLog(opening));
        }
    }

    private void order(Followed stream, Order order) {
        database.write(
                stream.team(),
                tx ->
                        commands.queue(
                                tx,
                                stream.team(),
                                stream.server(),
                                stream.actor(),
                                order,
                                VALIDITY));
    }

    private record Followed(
            TeamId team, ServerId server, Actor actor, Wanted wanted, AgentStream buffer) {
        boolean of(ServerId other) {
            return server.equals(other);
        }
    }
}
