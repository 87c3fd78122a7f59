package dev.escale.control.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.escale.protocol.Facts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server as REST shows it.
 *
 * @param state {@code waiting}, {@code online}, {@code offline}, {@code removing}
 * @param address first one of global scope, else the one that the agent comes from
 * @param siteBase apps without a domain answer at {@code <slug>.<siteBase>}
 * @param installCommand only in the answer that made it, as the two after it
 */
record ServerDocument(
        String id,
        String name,
        String state,
        @Nullable String address,
        @Nullable String siteBase,
        @Nullable Integer httpsPort,
        @Nullable String agentVersion,
        @Nullable Facts facts,
        Instant createdAt,
        @Nullable Instant registeredAt,
        @Nullable Instant lastSeenAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String installCommand,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String registrationToken,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant registrationExpiresAt) {

    static ServerDocument of(Server server) {
        return of(server, null);
    }

    static ServerDocument of(ServerAdded added) {
        return of(added.server(), added);
    }

    private static ServerDocument of(Server server, @Nullable ServerAdded added) {
        SiteAddress site = server.site().orElse(null);
        return new ServerDocument(
                server.id().value(),
                server.name(),
                server.status().text(),
                server.address().orElse(null),
                site == null ? null : site.base(),
                site == null ? null : site.httpsPort(),
                server.agentVersion(),
                server.facts(),
                server.createdAt(),
                server.registeredAt(),
                server.lastSeenAt(),
                added == null ? null : added.installCommand(),
                added == null ? null : added.registrationToken(),
                added == null ? null : added.tokenExpiresAt());
    }

    @Override
    public String toString() {
        return "ServerDocument[" + id + "]";
    }
}
