package dev.escale.control.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * AES-256-GCM keys: the first seals, all open. What is sealed begins with five bytes that name its
 * key, so it can be told which one opens it without opening it.
 */
record Keyring(KeysetHandle keys, Aead aead) {
    static final int PREFIX = 5;
    private static final byte TINK = 1;

    static Keyring of(KeysetHandle keys) throws GeneralSecurityException {
        AeadConfig.register();
        return new Keyring(keys, keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    static Keyring fresh() throws GeneralSecurityException {
        AeadConfig.register();
        return of(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    }

    /**
     * @param keys the one that seals first
     */
    static Keyring of(List<Key> keys) throws GeneralSecurityException {
        var ring = KeysetHandle.newBuilder();
        for (Key key : keys) {
            ring.addEntry(KeysetHandle.importKey(key));
        }
        ring.getAt(0).makePrimary();
        return of(ring.build());
    }

    /** A new key that seals, and these to open what they sealed. */
    Keyring renewed() throws GeneralSecurityException {
        Keyring fresh = fresh();
        return knows(fresh.prefix()) ? renewed() : fresh.with(this);
    }

    /** Opens what the other opens, too. */
    Keyring with(Keyring other) throws GeneralSecurityException {
        var ring = KeysetHandle.newBuilder(keys);
        for (int i = 0; i < other.keys.size(); i++) {
            ring.addEntry(KeysetHandle.importKey(other.keys.getAt(i).getKey()));
        }
        return of(ring.build());
    }

    Keyring onlyFirst() throws GeneralSecurityException {
        return of(List.of(keys.getPrimary().getKey()));
    }

    boolean isOne() {
        return keys.size() == 1;
    }

    /** What all begins with that is sealed now. */
    byte[] prefix() {
        return prefix(keys.getPrimary().getId());
    }

    boolean knows(byte[] sealed) {
        return IntStream.range(0, keys.size())
                .anyMatch(i -> begins(sealed, prefix(keys.getAt(i).getId())));
    }

    boolean wouldSeal(byte[] sealed) {
        return begins(sealed, prefix());
    }

    private static byte[] prefix(int id) {
        return ByteBuffer.allocate(PREFIX).put(TINK).putInt(id).array();
    }

    private static boolean begins(byte[] sealed, byte[] prefix) {
        return sealed.length >= PREFIX
                && java.util.Arrays.equals(sealed, 0, PREFIX, prefix, 0, PREFIX);
    }

    @Override
    public String toString() {
        return "Keyring[" + keys.size() + ", •••]";
    }
}
