package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Order;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Output of apps, followed while somebody looks. */
public final class AgentStreams {
    private static final int PER_SERVER = 100;
    private static final int BACKLOG = 10_000;
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
     * Asks the agent for the app's output and hands it on until it is closed; goes on by itself
     * when the server was away.
     *
     * @param app that is of this team and server: the caller has checked that
     * @param backlog lines of the past to begin with
     * @param consumer called on a thread of the stream's own, never two at a time; may block: what
     *     it is too slow for is dropped and counted
     * @throws ProblemException {@code streams.tooMany} (429)
     */
    public Following follow(
            TeamId team,
            ServerId server,
            Actor actor,
            String app,
            int backlog,
            Consumer<StreamPart> consumer) {
        if (followed.values().stream().filter(each -> each.of(server)).count() >= PER_SERVER) {
            throw ProblemException.of(
                    429, "streams.tooMany", "limit", Integer.toString(PER_SERVER));
        }
        String id = Ids.random("str");
        var stream =
                new Followed(team, server, actor, app, new AgentStream("stream-" + app, consumer));
        followed.put(id, stream);
        if (links.isOnline(server)) {
            order(stream, new Order.FollowAppLog(id, app, Math.clamp(backlog, 0, BACKLOG)));
        } else {
            stream.buffer().interrupt();
        }
        return () -> unfollow(id);
    }

    /** Ends when it is closed. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Lines of a stream that nobody follows any more are left lying. */
    void lines(ServerId server, FromAgent.Lines lines) {
        Followed stream = followed.get(lines.stream());
        if (stream != null && stream.of(server)) {
            stream.buffer().offer(lines);
        }
    }

    void away(ServerId server) {
        followed.values().stream()
                .filter(each -> each.of(server))
                .forEach(stream -> stream.buffer().interrupt());
    }

    void back(ServerId server) {
        followed.forEach(
                (id, stream) -> {
                    if (stream.of(server)) {
                        order(stream, new Order.FollowAppLog(id, stream.app(), 0));
                    }
                });
    }

    private void unfollow(String id) {
        Followed stream = followed.remove(id);
        if (stream != null) {
            stream.buffer().close();
            if (links.isOnline(stream.server())) {
                order(stream, new Order.Unfollow(id));
            }
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
            TeamId team, ServerId server, Actor actor, String app, AgentStream buffer) {
        boolean of(ServerId other) {
            return server.equals(other);
        }
    }
}
