package dev.escale.control.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import dev.escale.control.db.TeamId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;

/**
 * Seals texts for the database. What was sealed for one team, or another owner, does not open for
 * another.
 *
 * <p>Its keys rotate while several processes run: before each sealing the newest is asked for, and
 * who meets what an unknown key sealed looks for that key. A key that was retired still opens what
 * somebody sealed at the very moment of its retirement.
 */
public final class Secrets {
    static final String PURPOSE = "secrets";

    private final KeyMaterials keys;
    private volatile Known known;

    Secrets(KeyMaterials keys) {
        this.keys = keys;
        keys.newestOrMake(PURPOSE, Secrets::makeKey);
        this.known = load();
    }

    /**
     * @param newest id of the key that seals
     */
    private record Known(String newest, Keyring ring) {}

    public byte[] seal(TeamId team, String text) {
        return seal(owner(team), text);
    }

    /**
     * @throws IllegalStateException when it was sealed for another team, or altered
     */
    public String open(TeamId team, byte[] sealed) {
        return open(owner(team), sealed);
    }

    /**
     * For what no team owns.
     *
     * @param owner kind and id, such as {@code person:usr_x}
     */
    public byte[] seal(String owner, String text) {
        try {
            return newest().aead().encrypt(bytes(text), bytes(owner));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Sealing a secret failed", failure);
        }
    }

    /**
     * @throws IllegalStateException when it was sealed for another owner, or altered
     */
    public String open(String owner, byte[] sealed) {
        try {
            return new String(
                    opening(sealed).aead().decrypt(sealed, bytes(owner)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A secret of " + owner + " does not open", failure);
        }
    }

    /** What all begins with that is sealed now. */
    byte[] prefix() {
        return newest().prefix();
    }

    /** A new key seals from here on; the others open what they sealed. @return its id */
    String renew() {
        keys.add(PURPOSE, makeKey());
        Known fresh = load();
        known = fresh;
        return fresh.newest();
    }

    /** Keys beside the newest one that still may have sealed something. */
    boolean hasOldKeys() {
        return keys.all(PURPOSE).size() > 1;
    }

    /** All but the newest. @return how many */
    int retireOldKeys() {
        List<WrappedKey> old = keys.all(PURPOSE).stream().skip(1).toList();
        old.forEach(key -> keys.retire(key.id()));
        return old.size();
    }

    private Keyring newest() {
        Known now = known;
        if (!now.newest().equals(keys.newestId(PURPOSE))) {
            now = load();
            known = now;
        }
        return now.ring();
    }

    private Keyring opening(byte[] sealed) {
        Known now = known;
        if (!now.ring().knows(sealed)) {
            now = load();
            known = now;
        }
        return now.ring();
    }

    private Known load() {
        try {
            String newest = Objects.requireNonNull(keys.newestId(PURPOSE));
            Keyring ring = null;
            for (WrappedKey key : newestFirst(newest)) {
                Keyring one = parse(key);
                ring = ring == null ? one : ring.with(one);
            }
            return new Known(newest, Objects.requireNonNull(ring));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The keys for secrets cannot be used", failure);
        }
    }

    private List<WrappedKey> newestFirst(String newest) {
        return keys.ever(PURPOSE).stream()
                .sorted(java.util.Comparator.comparing(key -> !key.id().equals(newest)))
                .toList();
    }

    private static Keyring parse(WrappedKey key) throws GeneralSecurityException {
        return Keyring.of(
                TinkProtoKeysetFormat.parseKeyset(
                        key.privatePart(), InsecureSecretKeyAccess.get()));
    }

    private static KeyMaterials.Fresh makeKey() {
        try {
            byte[] keyset =
                    TinkProtoKeysetFormat.serializeKeyset(
                            Keyring.fresh().keys(), InsecureSecretKeyAccess.get());
            return new KeyMaterials.Fresh("AES-256-GCM keyset", keyset, null);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A keyset cannot be made", failure);
        }
    }

    private static String owner(TeamId team) {
        return "team:" + team.value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
