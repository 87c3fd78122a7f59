package dev.escale.control.server;

import static dev.escale.control.db.schema.Tables.SERVER;

import dev.escale.control.agentlink.Bounds;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.agentlink.ServerLinks;
import dev.escale.control.agentlink.SigningKeys;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Registered;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code server.register}: an agent brings its public key. A server that had an agent before gets
 * this one instead; what was asked of the other ends.
 */
final class RegisterServer implements Operation<RegisterServer.Input, Registered> {
    static final String NAME = "server.register";

    private final Database database;
    private final Servers servers;
    private final RegistrationTokens tokens;
    private final Links links;
    private final Clock clock;

    /** What ties a new agent to the line. */
    record Links(ServerLinks links, SigningKeys keys) {}

    RegisterServer(
            Database database,
            Servers servers,
            RegistrationTokens tokens,
            Links links,
            Clock clock) {
        this.database = database;
        this.servers = servers;
        this.tokens = tokens;
        this.links = links;
        this.clock = clock;
    }

    record Input(
            String tokenHash,
            String publicKey,
            int version,
            String agentVersion,
            Facts facts,
            @Nullable String address) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean grantable() {
        return false;
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    /** The key that the agent proves itself with from now on; public. */
    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "publicKey",
                input.publicKey(),
                "agentVersion",
                input.agentVersion(),
                "host",
                input.facts().hostname(),
                "address",
                input.address());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return servers.get(actor.team(), new ServerId(actor.id())).target();
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        ServerId id =
                database.read(
                        actor.team(), tx -> tokens.check(tx, actor.team(), input.tokenHash()));
        return Plan.of(
                id.value(),
                PlanItem.of("+", "server.register.agent", "host", input.facts().hostname()));
    }

    @Override
    public Registered apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    ServerId id = tokens.check(tx, actor.team(), input.tokenHash());
                    tokens.use(tx, actor.team(), input.tokenHash());
                    Server server = servers.get(actor.team(), id);
                    if (server.registeredAt() != null) {
                        links.links().replace(tx, actor.team(), id);
                    }
                    bind(tx, actor.team(), id, input, server.status());
                    return new Registered(id.value(), server.name(), links.keys().pinned());
                });
    }

    private void bind(DSLContext tx, TeamId team, ServerId id, Input input, ServerStatus before) {
        Instant now = clock.instant();
        ServerStatus status = before == ServerStatus.ONLINE ? ServerStatus.OFFLINE : before;
        tx.update(SERVER)
                .set(SERVER.PUBLIC_KEY, input.publicKey())
                .set(SERVER.AGENT_VERSION, Bounds.version(input.agentVersion()))
                .set(SERVER.PROTOCOL_VERSION, input.version())
                .set(SERVER.FACTS, Codec.write(Facts.class, Bounds.of(input.facts())))
                .set(SERVER.ORIGIN_IP, input.address())
                .set(SERVER.OUTBOX_SEQ, 0L)
                .set(SERVER.LINK_EPOCH, SERVER.LINK_EPOCH.plus(1))
                .set(SERVER.SIGNING_KEY, links.keys().newestId())
                .set(SERVER.STATUS, status.text())
                .set(SERVER.REGISTERED_AT, now)
                .set(SERVER.SEEN_AT, now)
                .where(SERVER.TEAM.eq(team.value()))
                .and(SERVER.ID.eq(id.value()))
                .execute();
    }
}
