package dev.escale.agent.link;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.Session;
import dev.escale.protocol.ToAgent;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Both halves of the handshake: this server proves itself, and so does the control plane. */
final class Greeting {
    private final Pins pins;
    private final ServerKey key;
    private final ControlClock clock;
    private final Supplier<Facts> facts;
    private final String agentVersion;
    private @Nullable String nonce;

    Greeting(
            Pins pins,
            ServerKey key,
            ControlClock clock,
            Supplier<Facts> facts,
            String agentVersion) {
        this.pins = pins;
        this.key = key;
        this.clock = clock;
        this.facts = facts;
        this.agentVersion = agentVersion;
    }

    FromAgent.Hello answer(ToAgent.Challenge challenge) {
        nonce = challenge.nonce();
        Pinned pinned = pins.pinned();
        return new FromAgent.Hello(
                pinned.server(),
                ProtocolVersion.CURRENT,
                challenge.nonce(),
                key.sign(pinned.authority(), pinned.server(), challenge.nonce()),
                agentVersion,
                facts.get());
    }

    /**
     * @throws IOException when the session is not this server's, or answers another hello
     */
    void accept(ToAgent.Welcome welcome) throws IOException {
        Session session = Codec.read(Session.class, pins.verify(welcome.session()));
        if (!session.server().equals(pins.pinned().server())) {
            throw new IOException("a greeting for another server");
        }
        if (!session.nonce().equals(nonce)) {
            throw new IOException("a greeting that answers another connection");
        }
        clock.learn(session.now());
        pins.adopt(session);
    }
}
