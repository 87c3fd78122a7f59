package dev.escale.control.agentlink;

import dev.escale.control.db.TeamId;
import dev.escale.protocol.ToAgent;
import java.io.IOException;

/**
 * The connection of an agent that has proved who it is.
 *
 * <p>Frames are handled one after the other on the socket's reading thread, which reads no further
 * until the last one is done with. Commands go out on a thread of their own, see {@link Delivery}.
 */
final class Link {
    private final TeamId team;
    private final ServerId server;
    private final long epoch;
    private final AgentSocket socket;
    private volatile SigningKeys.Signer signer;

    Link(TeamId team, ServerId server, long epoch, AgentSocket socket, SigningKeys.Signer signer) {
        this.team = team;
        this.server = server;
        this.epoch = epoch;
        this.socket = socket;
        this.signer = signer;
    }

    TeamId team() {
        return team;
    }

    ServerId server() {
        return server;
    }

    long epoch() {
        return epoch;
    }

    AgentSocket socket() {
        return socket;
    }

    SigningKeys.Signer signer() {
        return signer;
    }

    /** The agent has answered under a greeting that announced this one's key. */
    void signWith(SigningKeys.Signer trusted) {
        signer = trusted;
    }

    /**
     * @param command JSON
     */
    void send(String command) throws IOException {
        socket.send(new ToAgent.SignedCommand(signer.sign(command)));
    }

    @Override
    public String toString() {
        return server + " epoch " + epoch;
    }
}
