package dev.escale.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What an agent signs to prove who it is. */
public final class Handshake {
    private Handshake() {}

    /**
     * @param authority SHA-256 of the control plane's root certificate in lower-case hex: the
     *     signature is worth nothing to anybody else
     */
    public static byte[] bytesToSign(String authority, String server, String nonce) {
        return ("escale agent connect 1\n" + authority + "\n" + server + "\n" + nonce)
                .getBytes(UTF_8);
    }
}
