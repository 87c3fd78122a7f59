package dev.escale.control.agentlink;

import static dev.escale.control.db.schema.Tables.SERVER;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The columns of a server's row that belong to its link. */
final class LinkedServers {
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String REMOVED = "removed";

    private final Database database;
    private final TeamLookup teams;

    LinkedServers(Database database, TeamLookup teams) {
        this.database = database;
        this.teams = teams;
    }

    /**
     * What an agent must prove to be this server.
     *
     * @param publicKey null before it registered
     * @param signingKey newest of our keys that it is known to trust
     */
    record Known(
            TeamId team,
            ServerId id,
            @Nullable String publicKey,
            @Nullable String signingKey,
            boolean removed) {}

    /** What a connection begins with. */
    record Arrival(
            String agentVersion, int version, Facts facts, @Nullable String address, Instant at) {}

    Optional<Known> find(ServerId id) {
        return teams.ofServer(id.value())
                .flatMap(
                        team ->
                                database.read(
                                        team,
                                        tx ->
                                                tx.selectFrom(SERVER)
                                                        .where(is(team, id))
                                                        .fetchOptional(
                                                                row ->
                                                                        new Known(
                                                                                team,
                                                                                id,
                                                                                row.getPublicKey(),
                                                                                row.getSigningKey(),
                                                                                REMOVED.equals(
                                                                                        row
                                                                                                .getStatus())))));
    }

    /**
     * @return the epoch of the new connection; every older one is void from now on
     */
    long arrived(Known server, Arrival arrival) {
        return database.write(
                server.team(),
                tx ->
                        tx.update(SERVER)
                                .set(SERVER.LINK_EPOCH, SERVER.LINK_EPOCH.plus(1))
                                .set(SERVER.AGENT_VERSION, arrival.agentVersion())
                                .set(SERVER.PROTOCOL_VERSION, arrival.version())
                                .set(SERVER.FACTS, Codec.write(Facts.class, arrival.facts()))
                                .set(
                                        SERVER.ADDRESSES,
                                        String.join(" ", arrival.facts().addresses()))
                                .set(SERVER.ORIGIN_IP, arrival.address())
                                .set(SERVER.SEEN_AT, arrival.at())
                                .where(is(server.team(), server.id()))
                                .returningResult(SERVER.LINK_EPOCH)
                                .fetchSingle()
                                .value1());
    }

    void online(TeamId team, ServerId id, long epoch, Instant now) {
        database.write(
                team,
                tx ->
                        tx.update(SERVER)
                                .set(SERVER.STATUS, ONLINE)
                                .set(SERVER.SEEN_AT, now)
                                .where(is(team, id))
                                .and(SERVER.LINK_EPOCH.eq(epoch))
                                .and(SERVER.STATUS.in("waiting", OFFLINE))
                                .execute());
    }

    /**
     * @return false when a newer connection has taken over, or the server was not online
     */
    boolean offline(TeamId team, ServerId id, long epoch, Instant now) {
        return database.write(
                        team,
                        tx ->
                                tx.update(SERVER)
                                        .set(SERVER.STATUS, OFFLINE)
                                        .set(SERVER.SEEN_AT, now)
                                        .where(is(team, id))
                                        .and(SERVER.LINK_EPOCH.eq(epoch))
                                        .and(SERVER.STATUS.eq(ONLINE))
                                        .execute())
                == 1;
    }

    /** These are connected here and were heard. */
    void heard(TeamId team, Collection<ServerId> servers, Instant now) {
        database.write(
                team,
                tx ->
                        tx.update(SERVER)
                                .set(SERVER.SEEN_AT, now)
                                .where(SERVER.TEAM.eq(team.value()))
                                .and(SERVER.ID.in(servers.stream().map(ServerId::value).toList()))
                                .execute());
    }

    /**
     * Servers whose control plane ended without saying so become offline.
     *
     * @return those that changed
     */
    List<ServerId> abandoned(TeamId team, Instant heardBefore) {
        Condition silent =
                SERVER.TEAM
                        .eq(team.value())
                        .and(SERVER.STATUS.eq(ONLINE))
                        .and(SERVER.SEEN_AT.lt(heardBefore));
        if (!database.read(team, tx -> tx.fetchExists(SERVER, silent))) {
            return List.of();
        }
        return database.write(
                team,
                tx ->
                        tx.update(SERVER)
                                .set(SERVER.STATUS, OFFLINE)
                                .where(silent)
                                .returningResult(SERVER.ID)
                                .fetch(row -> new ServerId(row.value1())));
    }

    void trusts(TeamId team, ServerId id, String signingKey) {
        database.write(
                team,
                tx ->
                        tx.update(SERVER)
                                .set(SERVER.SIGNING_KEY, signingKey)
                                .where(is(team, id))
                                .execute());
    }

    boolean dependsOn(TeamId team, String signingKey) {
        return database.read(
                team,
                tx ->
                        tx.fetchExists(
                                SERVER,
                                SERVER.TEAM
                                        .eq(team.value())
                                        .and(SERVER.SIGNING_KEY.eq(signingKey))
                                        .and(SERVER.STATUS.ne(REMOVED))));
    }

    /**
     * Takes the place in the agent's outbox for a report.
     *
     * @return how many reports are missing before it; -1 when it was stored before
     * @throws StaleLink when a newer connection has taken over
     */
    long advance(DSLContext tx, TeamId team, ServerId id, long epoch, long sequence) {
        var row =
                tx.select(SERVER.OUTBOX_SEQ, SERVER.LINK_EPOCH)
                        .from(SERVER)
                        .where(is(team, id))
                        .fetchSingle();
        if (row.value2() != epoch) {
            throw new StaleLink();
        }
        if (sequence <= row.value1()) {
            return -1;
        }
        int advanced =
                tx.update(SERVER)
                        .set(SERVER.OUTBOX_SEQ, sequence)
                        .where(is(team, id))
                        .and(SERVER.LINK_EPOCH.eq(epoch))
                        .and(SERVER.OUTBOX_SEQ.eq(row.value1()))
                        .execute();
        if (advanced == 0) {
            throw new StaleLink();
        }
        return sequence - row.value1() - 1;
    }

    private static Condition is(TeamId team, ServerId id) {
        return SERVER.TEAM.eq(team.value()).and(SERVER.ID.eq(id.value()));
    }

    /** The message came on a connection that a newer one has replaced. */
    static final class StaleLink extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleLink() {
            super("a newer connection of this server has taken over", null, false, false);
        }
    }
}
