package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Makes registration tokens and the commands that carry them. */
final class Invitations {
    private final Database database;
    private final Servers servers;
    private final RegistrationTokens tokens;
    private final InstallCommand command;

    Invitations(
            Database database, Servers servers, RegistrationTokens tokens, InstallCommand command) {
        this.database = database;
        this.servers = servers;
        this.tokens = tokens;
        this.command = command;
    }

    /**
     * @param server finds or makes the server in the transaction
     */
    ServerAdded invite(TeamId team, Function<DSLContext, ServerId> server) {
        return database.write(
                team,
                tx -> {
                    ServerId id = server.apply(tx);
                    RegistrationTokens.Fresh token = tokens.make(tx, team, id);
                    return new ServerAdded(
                            servers.get(team, id),
                            command.with(token),
                            token.text(),
                            token.expiresAt());
                });
    }
}
