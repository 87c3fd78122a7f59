package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.OrdersGiven;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;

/** Orders for agents: a row first, then a signed message, delivered once and in order. */
public final class Commands {
    /** Why a command ended that expired before its server was connected. */
    public static final String NEVER_SENT = "command.neverSent";

    /** How long to rely on being told of an outcome before looking at the row. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Database database;
    private final CommandRows rows;
    private final Links links;
    private final Clock clock;
    private final Map<CommandId, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();

    Commands(Database database, CommandRows rows, Links links, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Part of the caller's transaction; sent as soon as that has committed and the agent is there.
     * What becomes of it comes to the {@link ReportListener}s as {@code CommandDone}.
     *
     * @param tx of this team, which the server must be of
     * @param validity after which an agent refuses it, from now
     */
    public CommandId queue(
            DSLContext tx,
            TeamId team,
            ServerId server,
            Actor actor,
            Order order,
            Duration validity) {
        Instant now = clock.instant();
        var asked = new CommandRows.Asked(server, actor, order, now, now.plus(validity));
        CommandId id = rows.insert(tx, team, asked);
        OrdersGiven.note(id.value());
        database.afterCommit(() -> links.ring(server));
        return id;
    }

    /**
     * Queues in a transaction of its own and waits for the outcome.
     *
     * @throws ProblemException {@code server.offline} (409) at once when the agent is not there,
     *     {@code command.timedOut} (504) when it did not answer in time; it may still do it if it
     *     had begun
     * @throws IllegalStateException inside a transaction, where it would wait in vain
     */
    public Outcome ask(TeamId team, ServerId server, Actor actor, Order order, Duration timeout) {
        if (!links.isOnline(server)) {
            throw ProblemException.of(409, "server.offline", "server", server.value());
        }
        CommandId id = queueAlone(team, server, actor, order, timeout);
        return await(team, id, timeout)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        504,
                                        "command.timedOut",
                                        "server",
                                        server.value(),
                                        "seconds",
                                        Long.toString(timeout.toSeconds())));
    }

    /**
     * @return empty when it is not done by then
     */
    public Optional<Outcome> await(TeamId team, CommandId id, Duration timeout) {
        CompletableFuture<Outcome> future =
                waiting.computeIfAbsent(id, any -> new CompletableFuture<>());
        try {
            return await(team, id, future, System.nanoTime() + timeout.toNanos());
        } finally {
            waiting.remove(id, future);
        }
    }

    /** What a command is about; empty when it is not of this team. */
    public Optional<OrderSubject> subject(DSLContext tx, TeamId team, CommandId id) {
        return rows.subject(tx, team, id);
    }

    /** Called once the outcome is stored. */
    void finished(CommandId id, Outcome outcome) {
        CompletableFuture<Outcome> future = waiting.get(id);
        if (future != null) {
            future.complete(outcome);
        }
    }

    private CommandId queueAlone(
            TeamId team, ServerId server, Actor actor, Order order, Duration validity) {
        var committed = new AtomicBoolean();
        CommandId id =
                database.write(
                        team,
                        tx -> {
                            database.afterCommit(() -> committed.set(true));
                            return queue(tx, team, server, actor, order, validity);
                        });
        if (!committed.get()) {
            throw new IllegalStateException("asked a server inside a transaction");
        }
        return id;
    }

    private Optional<Outcome> await(
            TeamId team, CommandId id, CompletableFuture<Outcome> future, long deadline) {
        while (true) {
            Optional<Outcome> stored = database.read(team, tx -> rows.outcome(tx, team, id));
            long left = deadline - System.nanoTime();
            if (stored.isPresent() || left <= 0) {
                return stored;
            }
            try {
                return Optional.of(
                        future.get(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException again) {
                continue;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
