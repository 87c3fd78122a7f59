package dev.escale.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * JSON Web Signature, compact serialization (RFC 7515) with Ed25519 (RFC 8037) and nothing else:
 * the header is exactly {@code {"alg":"EdDSA","kid":"…"}}. The bytes that came are the bytes that
 * are checked.
 */
public final class Jws {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Jws() {}

    /**
     * @param payload JSON text
     */
    public static String sign(String payload, String keyId, PrivateKey key) {
        String signed = encode(header(keyId)) + "." + encode(payload);
        return signed + "." + ENCODER.encodeToString(signature(signed.getBytes(US_ASCII), key));
    }

    /**
     * @return the payload
     * @throws SignatureRefused when it is not a JWS of one of these keys
     */
    public static String verify(String jws, List<SigningKey> keys) {
        String[] parts = jws.split("\\.", -1);
        if (parts.length != 3) {
            throw new SignatureRefused("not a JWS of three parts");
        }
        try {
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
            byte[] signature = DECODER.decode(parts[2]);
            for (SigningKey key : keys) {
                if (parts[0].equals(encode(header(key.id())))
                        && check(signed, signature, publicKey(key.publicKey()))) {
                    return new String(DECODER.decode(parts[1]), UTF_8);
                }
            }
        } catch (IllegalArgumentException notBase64) {
            throw new SignatureRefused("not base64url");
        }
        throw new SignatureRefused("not signed by a key that is pinned");
    }

    /**
     * @return an Ed25519 signature over the bytes
     */
    public static byte[] signature(byte[] bytes, PrivateKey key) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(bytes);
            return ed25519.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no Ed25519", failure);
        }
    }

    /**
     * @return whether the signature over the bytes is of this key; false for anything malformed
     */
    public static boolean check(byte[] bytes, byte[] signature, PublicKey key) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(bytes);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /**
     * @param encoded as in {@link SigningKey}
     */
    public static PublicKey publicKey(String encoded) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(DECODER.decode(encoded)));
        } catch (GeneralSecurityException failure) {
            throw new SignatureRefused("not an Ed25519 public key");
        }
    }

    public static String encode(PublicKey key) {
        return ENCODER.encodeToString(key.getEncoded());
    }

    private static String header(String keyId) {
        return "{\"alg\":\"EdDSA\",\"kid\":\"" + keyId + "\"}";
    }

    private static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(UTF_8));
    }

    /** The signature does not hold, and nothing of the message may be believed. */
    public static final class SignatureRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SignatureRefused(String message) {
            super(message);
        }
    }
}
