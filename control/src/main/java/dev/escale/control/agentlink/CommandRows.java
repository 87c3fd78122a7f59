package dev.escale.control.agentlink;

import static dev.escale.control.db.schema.Tables.COMMAND;
import static dev.escale.control.db.schema.Tables.COMMAND_QUEUE;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.CommandRecord;
import dev.escale.control.operation.Actor;
import dev.escale.control.secret.Secrets;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of commands.
 *
 * <pre>
 * queued ──▶ sent ──▶ acknowledged ──▶ done
 *    │         └───────────────────────▲ ▲
 *    ├── expired before it was sent ───┴─┘
 *    └──▶ unreadable ──────────────────┘
 * </pre>
 *
 * A command that was sent is never ended here because its time is over: only the agent knows
 * whether it runs. It is sent again after a reconnect, and the agent tells. Its text is written
 * once and kept, so that what is sent again is the same to the byte: an agent refuses another text
 * under an id that it knows.
 */
final class CommandRows {
    static final String QUEUED = "queued";
    static final String SENT = "sent";
    static final String ACKNOWLEDGED = "acknowledged";
    static final String DONE = "done";

    /** Its order does not open: altered, or sealed under a key that is gone. Nobody can send it. */
    static final String UNREADABLE = "unreadable";

    private static final Logger LOG = LoggerFactory.getLogger(CommandRows.class);
    private static final int BATCH = 20;
    private static final byte[] FORGOTTEN = {};

    private final Secrets secrets;

    CommandRows(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Queues at the end. */
    CommandId insert(DSLContext tx, TeamId team, Asked asked) {
        Actor actor = asked.actor();
        Order order = asked.order();
        ServerId server = asked.server();
        var id = new CommandId(Ids.random("cmd"));
        OrderSubject subject = OrderSubject.of(order);
        var command =
                new Command(
                        id.value(),
                        server.value(),
                        actor.name(),
                        asked.at(),
                        asked.expiresAt(),
                        order);
        tx.insertInto(COMMAND)
                .set(COMMAND.ID, id.value())
                .set(COMMAND.TEAM, team.value())
                .set(COMMAND.SERVER, server.value())
                .set(COMMAND.POSITION, nextPosition(tx, team, server))
                .set(COMMAND.KIND, subject.kind())
                .set(COMMAND.APP, subject.app())
                .set(COMMAND.DEPLOYMENT, subject.deployment())
                .set(COMMAND.PAYLOAD, secrets.seal(team, Codec.write(Command.class, command)))
                .set(COMMAND.STATUS, QUEUED)
                .set(COMMAND.ACTOR_TYPE, actor.type().text())
                .set(COMMAND.ACTOR_ID, actor.id())
                .set(COMMAND.ACTOR_NAME, actor.name())
                .set(COMMAND.CREATED_AT, asked.at())
                .set(COMMAND.EXPIRES_AT, asked.expiresAt())
                .execute();
        return id;
    }

    /**
     * The next commands for a connection, marked as sent. Those that expired in the queue are left
     * to {@link CommandsLeft}; those that cannot be read are marked and left to {@link
     * CommandsLeft}, so that they hold up nothing behind them.
     *
     * @param after position of the last one that this connection was given
     */
    List<Outgoing> take(DSLContext tx, TeamId team, ServerId server, long after, Instant now) {
        Result<CommandRecord> waiting = waiting(tx, team, server, after, now);
        List<Outgoing> next = new ArrayList<>();
        for (CommandRecord row : waiting) {
            Optional<Outgoing> outgoing = outgoing(team, row);
            outgoing.ifPresent(next::add);
            tx.update(COMMAND)
                    .set(COMMAND.STATUS, outgoing.isPresent() ? SENT : UNREADABLE)
                    .set(COMMAND.SENT_AT, now)
                    .where(COMMAND.TEAM.eq(team.value()))
                    .and(COMMAND.ID.eq(row.getId()))
                    .execute();
        }
        return next.isEmpty() && !waiting.isEmpty() ? take(tx, team, server, after, now) : next;
    }

    void acknowledged(DSLContext tx, TeamId team, ServerId server, CommandId id, Instant now) {
        tx.update(COMMAND)
                .set(COMMAND.STATUS, ACKNOWLEDGED)
                .set(COMMAND.ACKNOWLEDGED_AT, now)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.SERVER.eq(server.value()))
                .and(COMMAND.ID.eq(id.value()))
                .and(COMMAND.STATUS.eq(SENT))
                .execute();
    }

    /**
     * Also forgets the order's text, which may hold secrets.
     *
     * @return false when it is not a command of this server, or was done before
     */
    boolean done(
            DSLContext tx,
            TeamId team,
            ServerId server,
            CommandId id,
            Outcome outcome,
            Instant now) {
        return tx.update(COMMAND)
                        .set(COMMAND.STATUS, DONE)
                        .set(COMMAND.DONE_AT, now)
                        .set(COMMAND.OUTCOME, Codec.write(Outcome.class, outcome))
                        .set(COMMAND.PAYLOAD, FORGOTTEN)
                        .where(COMMAND.TEAM.eq(team.value()))
                        .and(COMMAND.SERVER.eq(server.value()))
                        .and(COMMAND.ID.eq(id.value()))
                        .and(COMMAND.STATUS.ne(DONE))
                        .execute()
                == 1;
    }

    Optional<Outcome> outcome(DSLContext tx, TeamId team, CommandId id) {
        return tx.select(COMMAND.OUTCOME)
                .from(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.ID.eq(id.value()))
                .fetchOptional(COMMAND.OUTCOME)
                .map(text -> Codec.read(Outcome.class, text));
    }

    Optional<OrderSubject> subject(DSLContext tx, TeamId team, CommandId id) {
        return tx.select(COMMAND.KIND, COMMAND.APP, COMMAND.DEPLOYMENT)
                .from(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.ID.eq(id.value()))
                .fetchOptional(row -> new OrderSubject(row.value1(), row.value2(), row.value3()));
    }

    /**
     * Locks the queue's row until the transaction ends, so that commits follow positions. Two
     * statements, because jOOQ emulates RETURNING on SQLite through the row inserted last.
     */
    private static long nextPosition(DSLContext tx, TeamId team, ServerId server) {
        tx.insertInto(COMMAND_QUEUE)
                .set(COMMAND_QUEUE.SERVER, server.value())
                .set(COMMAND_QUEUE.TEAM, team.value())
                .set(COMMAND_QUEUE.LAST_POSITION, 0L)
                .onConflict(COMMAND_QUEUE.SERVER)
                .doNothing()
                .execute();
        Condition queue =
                COMMAND_QUEUE.TEAM.eq(team.value()).and(COMMAND_QUEUE.SERVER.eq(server.value()));
        tx.update(COMMAND_QUEUE)
                .set(COMMAND_QUEUE.LAST_POSITION, COMMAND_QUEUE.LAST_POSITION.plus(1))
                .where(queue)
                .execute();
        return tx.select(COMMAND_QUEUE.LAST_POSITION)
                .from(COMMAND_QUEUE)
                .where(queue)
                .fetchSingle()
                .value1();
    }

    private static Result<CommandRecord> waiting(
            DSLContext tx, TeamId team, ServerId server, long after, Instant now) {
        return tx.selectFrom(COMMAND)
                .where(COMMAND.TEAM.eq(team.value()))
                .and(COMMAND.SERVER.eq(server.value()))
                .and(COMMAND.POSITION.gt(after))
                .and(
                        COMMAND.STATUS
                                .eq(SENT)
                                .or(COMMAND.STATUS.eq(QUEUED).and(COMMAND.EXPIRES_AT.gt(now))))
                .orderBy(COMMAND.POSITION)
                .limit(BATCH)
                .fetch();
    }

    private Optional<Outgoing> outgoing(TeamId team, CommandRecord row) {
        try {
            String command = secrets.open(team, row.getPayload());
            return Optional.of(new Outgoing(row.getPosition(), command));
        } catch (IllegalStateException altered) {
            String server = row.getServer();
            LOG.error("command={} of server={} cannot be read", row.getId(), server, altered);
            return Optional.empty();
        }
    }

    record Asked(ServerId server, Actor actor, Order order, Instant at, Instant expiresAt) {}

    /**
     * @param command JSON, as it was first
     */
    record Outgoing(long position, String command) {}
}
