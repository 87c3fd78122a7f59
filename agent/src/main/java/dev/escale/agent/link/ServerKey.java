package dev.escale.agent.link;

import dev.escale.protocol.Handshake;
import dev.escale.protocol.Jws;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The Ed25519 private key that proves which server this is. */
public final class ServerKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    private final PrivateKey key;

    private ServerKey(PrivateKey key) {
        this.key = key;
    }

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no Ed25519", failure);
        }
    }

    static ServerKey of(KeyPair pair) {
        return new ServerKey(pair.getPrivate());
    }

    static ServerKey parse(String pem) throws IOException {
        try {
            String body = pem.replace(BEGIN, "").replace(END, "").replace("\n", "");
            var specification = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
            return new ServerKey(KeyFactory.getInstance("Ed25519").generatePrivate(specification));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new IOException("identity/key.pem is damaged", damaged);
        }
    }

    String pem() {
        return BEGIN
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + END;
    }

    /** Answers a challenge, see {@link Handshake#bytesToSign}. */
    String sign(String authority, String server, String nonce) {
        byte[] signature = Jws.signature(Handshake.bytesToSign(authority, server, nonce), key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @Override
    public String toString() {
        return "ServerKey •••";
    }
}
