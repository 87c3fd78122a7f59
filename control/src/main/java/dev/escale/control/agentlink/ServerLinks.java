package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.CloseCode;
import org.jooq.DSLContext;

/** What the rest of the program may ask of the links themselves. */
public final class ServerLinks {
    private final Database database;
    private final Links links;
    private final Endings endings;
    private final SigningKeys keys;

    ServerLinks(Database database, Links links, Endings endings, SigningKeys keys) {
        this.database = database;
        this.links = links;
        this.endings = endings;
        this.keys = keys;
    }

    public boolean isOnline(ServerId server) {
        return links.isOnline(server);
    }

    /**
     * Part of the transaction that removes a server: ends all its commands with {@code
     * server.removed}, and then its link.
     */
    public void remove(DSLContext tx, TeamId team, ServerId server) {
        endings.endAll(tx, team, server, "server.removed");
        database.afterCommit(() -> links.close(server, CloseCode.REMOVED, "removed"));
    }

    /**
     * Part of the transaction that gives a server to another agent: what was asked of the one
     * before it ends with {@code server.replaced}.
     */
    public void replace(DSLContext tx, TeamId team, ServerId server) {
        endings.endAll(tx, team, server, "server.replaced");
        database.afterCommit(() -> links.close(server, CloseCode.REPLACED, "registered anew"));
    }

    /**
     * Makes a new signing key; agents that are connected come back at once to learn it.
     *
     * @return its id
     */
    public String rotateSigningKey() {
        String id = keys.rotate();
        links.all().forEach(link -> link.socket().close(CloseCode.RENEW, "new signing key"));
        return id;
    }
}
