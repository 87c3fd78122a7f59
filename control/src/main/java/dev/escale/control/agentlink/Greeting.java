package dev.escale.control.agentlink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.escale.control.authority.Authority;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.protocol.CloseCode;
import dev.escale.protocol.Codec;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Handshake;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Session;
import dev.escale.protocol.ToAgent;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks that an agent is the server that it says, and greets it under our signature. */
final class Greeting {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LinkedServers servers;
    private final SigningKeys keys;
    private final String authority;
    private final RefusedAttempts refusals;
    private final Clock clock;

    Greeting(
            LinkedServers servers,
            SigningKeys keys,
            Authority authority,
            RefusedAttempts refusals,
            Clock clock) {
        this.refusals = refusals;
        this.servers = servers;
        this.keys = keys;
        this.authority = authority.sha256();
        this.clock = clock;
    }

    /**
     * @return 32 random bytes, base64url
     */
    static String nonce() {
        byte[] nonce = new byte[32];
        RANDOM.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /**
     * @param nonce that this socket was challenged with
     * @throws Refused when it does not prove to be a server of ours
     */
    Greeted answer(FromAgent.Hello hello, String nonce, AgentSocket socket) {
        LinkedServers.Known server = prove(hello, nonce, socket.address());
        Instant now = clock.instant();
        long epoch =
                servers.arrived(
                        server,
                        new LinkedServers.Arrival(
                                Bounds.version(hello.agentVersion()),
                                hello.version(),
                                Bounds.of(hello.facts()),
                                socket.address(),
                                now));
        SigningKeys.Signer signer = keys.signer(server.signingKey());
        var session = new Session(server.id().value(), epoch, now, nonce, signer.announced());
        return new Greeted(
                new Link(server.team(), server.id(), epoch, socket, signer),
                new ToAgent.Welcome(signer.sign(Codec.write(Session.class, session))));
    }

    /** A link, and what to say on it first. */
    record Greeted(Link link, ToAgent.Welcome welcome) {}

    private LinkedServers.Known prove(FromAgent.Hello hello, String nonce, String address) {
        if (!MessageDigest.isEqual(hello.nonce().getBytes(US_ASCII), nonce.getBytes(US_ASCII))) {
            throw new Refused(CloseCode.REFUSED, "nonce");
        }
        if (hello.server().isBlank() || hello.server().length() > 40) {
            throw new Refused(CloseCode.REFUSED, "unknown");
        }
        LinkedServers.Known server =
                servers.find(new ServerId(hello.server()))
                        .orElseThrow(() -> new Refused(CloseCode.REFUSED, "unknown"));
        if (!signedBy(hello, nonce, server)) {
            refusals.record(
                    said(server, address),
                    "server.connect",
                    Target.server(server.id().value(), ""),
                    "agent.signature",
                    Map.of());
            throw new Refused(CloseCode.REFUSED, "signature");
        }
        if (server.removed()) {
            throw new Refused(CloseCode.REMOVED, "removed");
        }
        return server;
    }

    private boolean signedBy(FromAgent.Hello hello, String nonce, LinkedServers.Known server) {
        String publicKey = server.publicKey();
        byte[] proved = Handshake.bytesToSign(authority, server.id().value(), nonce);
        return publicKey != null
                && decode(hello.signature())
                        .filter(signature -> Jws.check(proved, signature, Jws.publicKey(publicKey)))
                        .isPresent();
    }

    /** Who it says to be. */
    private static Actor said(LinkedServers.Known server, String address) {
        return new Actor(
                ActorType.AGENT,
                server.id().value(),
                "agent",
                server.team(),
                Grants.NONE,
                new Origin(address, Origin.Via.AGENT),
                Locale.ENGLISH);
    }

    private static Optional<byte[]> decode(String signature) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The socket is to be closed. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int closeCode;
        private final String reason;

        /**
         * @param reason one word, also the tag of the counter
         */
        Refused(int closeCode, String reason) {
            super(reason, null, false, false);
            this.closeCode = closeCode;
            this.reason = reason;
        }

        int closeCode() {
            return closeCode;
        }

        String reason() {
            return reason;
        }
    }
}
