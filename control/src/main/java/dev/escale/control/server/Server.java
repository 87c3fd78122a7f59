package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Facts;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of a team.
 *
 * @param facts what its agent found at its last connection; null while waiting
 * @param originIp address from which the agent connects; null while waiting
 * @param lastSeenAt last sign of life; while online at most 10 s old
 */
public record Server(
        ServerId id,
        TeamId team,
        String name,
        ServerStatus status,
        @Nullable Facts facts,
        @Nullable String agentVersion,
        @Nullable String originIp,
        Instant createdAt,
        @Nullable Instant registeredAt,
        @Nullable Instant lastSeenAt) {

    public Target target() {
        return Target.server(id.value(), name);
    }

    public boolean online() {
        return status == ServerStatus.ONLINE;
    }

    /** The first address of global scope, else the one that the agent comes from. */
    public Optional<String> address() {
        return Optional.ofNullable(facts)
                .flatMap(found -> found.addresses().stream().findFirst())
                .or(() -> Optional.ofNullable(originIp));
    }

    /** Where its sites answer without a domain; empty until its agent has come. */
    public Optional<SiteAddress> site() {
        return Optional.ofNullable(facts).map(found -> SiteAddress.of(found, originIp));
    }
}
