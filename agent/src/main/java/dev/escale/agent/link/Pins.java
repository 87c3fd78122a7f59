package dev.escale.agent.link;

import dev.escale.protocol.Jws;
import dev.escale.protocol.Session;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The pinned control plane of a running agent, and the only way its signing keys change. */
public final class Pins {
    private final Identity identity;
    private volatile Pinned pinned;

    public Pins(Identity identity, Pinned pinned) {
        this.identity = identity;
        this.pinned = pinned;
    }

    public Pinned pinned() {
        return pinned;
    }

    Identity identity() {
        return identity;
    }

    /**
     * @return the payload
     * @throws Jws.SignatureRefused when none of the pinned keys made this signature
     */
    public String verify(String jws) {
        return Jws.verify(jws, pinned.signingKeys());
    }

    /** Replaces the signing keys, on disk first, by those that a verified session announces. */
    synchronized void adopt(Session session) {
        if (session.keys().isEmpty() || session.keys().equals(pinned.signingKeys())) {
            return;
        }
        Pinned renewed = pinned.with(session.keys());
        try {
            identity.store(renewed);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot store the announced keys", failure);
        }
        pinned = renewed;
    }
}
