package dev.escale.control.server;

import static dev.escale.control.db.schema.Tables.SERVER;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.ServerRecord;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of servers. Those that were removed stay in it, but are not found here. */
public final class Servers {
    private final Database database;

    Servers(Database database) {
        this.database = database;
    }

    public Optional<Server> find(TeamId team, ServerId id) {
        return database.read(
                team,
                tx -> tx.selectFrom(SERVER).where(is(team, id)).fetchOptional(Servers::server));
    }

    /**
     * @throws ProblemException {@code server.unknown} (404)
     */
    public Server get(TeamId team, ServerId id) {
        return find(team, id).orElseThrow(() -> unknown(id.value()));
    }

    /**
     * @param text id or name
     */
    Optional<Server> find(TeamId team, String text) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(SERVER)
                                .where(of(team))
                                .and(SERVER.ID.eq(text).or(SERVER.NAME.eq(text)))
                                .orderBy(SERVER.CREATED_AT)
                                .limit(1)
                                .fetchOptional(Servers::server));
    }

    /** All of the team, in the order in which they were added. */
    public List<Server> list(TeamId team) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(SERVER)
                                .where(of(team))
                                .orderBy(SERVER.CREATED_AT, SERVER.ID)
                                .fetch(Servers::server));
    }

    /** Whether another server of the team has this name. */
    boolean isTaken(TeamId team, String name, Optional<ServerId> but) {
        Condition other = but.map(id -> SERVER.ID.ne(id.value())).orElse(DSL.noCondition());
        return database.read(
                team, tx -> tx.fetchExists(SERVER, of(team).and(SERVER.NAME.eq(name)).and(other)));
    }

    ServerId add(DSLContext tx, TeamId team, String name, Instant now) {
        var id = new ServerId(Ids.random("srv"));
        tx.insertInto(SERVER)
                .set(SERVER.ID, id.value())
                .set(SERVER.TEAM, team.value())
                .set(SERVER.NAME, name)
                .set(SERVER.STATUS, ServerStatus.WAITING.text())
                .set(SERVER.CREATED_AT, now)
                .execute();
        return id;
    }

    void rename(DSLContext tx, TeamId team, ServerId id, String name) {
        tx.update(SERVER).set(SERVER.NAME, name).where(is(team, id)).execute();
    }

    void status(DSLContext tx, TeamId team, ServerId id, ServerStatus status) {
        tx.update(SERVER).set(SERVER.STATUS, status.text()).where(is(team, id)).execute();
    }

    void removed(DSLContext tx, TeamId team, ServerId id, Instant now) {
        tx.update(SERVER)
                .set(SERVER.STATUS, ServerStatus.REMOVED.text())
                .set(SERVER.REMOVED_AT, now)
                .where(is(team, id))
                .execute();
    }

    private static Condition of(TeamId team) {
        return SERVER.TEAM.eq(team.value()).and(SERVER.STATUS.ne(ServerStatus.REMOVED.text()));
    }

    private static Condition is(TeamId team, ServerId id) {
        return of(team).and(SERVER.ID.eq(id.value()));
    }

    private static ProblemException unknown(String server) {
        return ProblemException.of(404, "server.unknown", "server", server);
    }

    private static Server server(ServerRecord row) {
        return new Server(
                new ServerId(row.getId()),
                new TeamId(row.getTeam()),
                row.getName(),
                ServerStatus.of(row.getStatus()),
                facts(row.getFacts()),
                row.getAgentVersion(),
                row.getOriginIp(),
                row.getCreatedAt(),
                row.getRegisteredAt(),
                row.getSeenAt());
    }

    /** What an older agent found, and does not answer today's questions, is as good as nothing. */
    private static @Nullable Facts facts(@Nullable String stored) {
        try {
            return stored == null ? null : Codec.read(Facts.class, stored);
        } catch (Codec.Malformed older) {
            return null;
        }
    }
}
