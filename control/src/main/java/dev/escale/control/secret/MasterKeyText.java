package dev.escale.control.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The master key as the environment brings it: 32 bytes in base64, one or several. */
final class MasterKeyText {
    private static final int BYTES = 32;

    private MasterKeyText() {}

    /**
     * @throws GeneralSecurityException when it is none; the message does not repeat it
     */
    static Keyring parse(String text) throws GeneralSecurityException {
        List<Key> keys = new ArrayList<>();
        for (String each : text.split(",")) {
            keys.add(key(bytes(each.strip())));
        }
        return Keyring.of(keys);
    }

    private static byte[] bytes(String text) throws GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException("not base64");
        }
        if (bytes.length != BYTES) {
            throw new GeneralSecurityException("not 32 bytes");
        }
        return bytes;
    }

    /** Named after itself, so that the same text is the same key on every replica. */
    private static Key key(byte[] bytes) throws GeneralSecurityException {
        int id = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getInt();
        return AesGcmKey.builder()
                .setParameters(
                        AesGcmParameters.builder()
                                .setKeySizeBytes(BYTES)
                                .setIvSizeBytes(12)
                                .setTagSizeBytes(16)
                                .setVariant(AesGcmParameters.Variant.TINK)
                                .build())
                .setIdRequirement(id)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .build();
    }
}
