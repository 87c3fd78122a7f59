package dev.escale.control.agentlink;

import dev.escale.control.secret.KeyMaterials;
import dev.escale.control.secret.WrappedKey;
import dev.escale.protocol.Jws;
import dev.escale.protocol.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 keys whose signature agents obey.
 *
 * <p>Rotation is one step: a new key is made, and every agent learns it at its next connection,
 * under the newest key that it is known to trust. Once it has answered under that greeting, it gets
 * the new key's signatures. An agent that was away for a whole rotation is so not lost; a key is
 * retired when no server depends on it any more.
 */
public final class SigningKeys {
    private static final String PURPOSE = "signing";

    private final KeyMaterials materials;
    private volatile List<Pair> pairs;

    SigningKeys(KeyMaterials materials) {
        this.materials = materials;
        materials.newestOrMake(PURPOSE, SigningKeys::make);
        this.pairs = load();
    }

    /** What a new server pins. */
    public List<SigningKey> pinned() {
        return List.of(newest().announced());
    }

    public String newestId() {
        return newest().announced().id();
    }

    /**
     * @return the id of the new key, known to no agent yet
     */
    String rotate() {
        materials.add(PURPOSE, make());
        reload();
        return newestId();
    }

    /** Another replica may have rotated. */
    void reload() {
        pairs = load();
    }

    void retire(String id) {
        materials.retire(id);
        reload();
    }

    List<String> ids() {
        return pairs.stream().map(pair -> pair.announced().id()).toList();
    }

    /**
     * The key for an agent.
     *
     * @param trusted id of the newest that it is known to trust; null when none is
     */
    Signer signer(@Nullable String trusted) {
        Pair pair = find(trusted).or(() -> reloadAndFind(trusted)).orElseGet(this::newest);
        return new Signer(pair, newest());
    }

    private Optional<Pair> reloadAndFind(@Nullable String id) {
        reload();
        return find(id);
    }

    private Optional<Pair> find(@Nullable String id) {
        return pairs.stream().filter(pair -> pair.announced().id().equals(id)).findFirst();
    }

    private Pair newest() {
        return pairs.getFirst();
    }

    private List<Pair> load() {
        return materials.all(PURPOSE).stream().map(Pair::of).toList();
    }

    private static KeyMaterials.Fresh make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new KeyMaterials.Fresh(
                    Jws.encode(pair.getPublic()), pair.getPrivate().getEncoded(), null);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no Ed25519", failure);
        }
    }

    /** Signs for one agent. */
    static final class Signer {
        private final Pair pair;
        private final SigningKey newest;

        private Signer(Pair pair, Pair newest) {
            this.pair = pair;
            this.newest = newest.announced();
        }

        String id() {
            return pair.announced().id();
        }

        String newestAnnounced() {
            return newest.id();
        }

        String sign(String payload) {
            return Jws.sign(payload, pair.announced().id(), pair.secret());
        }

        /** The newest key and the one that signs. */
        List<SigningKey> announced() {
            return Stream.of(newest, pair.announced()).distinct().toList();
        }
    }

    private record Pair(SigningKey announced, PrivateKey secret) {
        static Pair of(WrappedKey key) {
            try {
                PrivateKey secret =
                        KeyFactory.getInstance("Ed25519")
                                .generatePrivate(new PKCS8EncodedKeySpec(key.privatePart()));
                return new Pair(new SigningKey(key.id(), key.publicPart()), secret);
            } catch (GeneralSecurityException failure) {
                throw new IllegalStateException(
                        "signing key " + key.id() + " is not Ed25519", failure);
            }
        }

        @Override
        public String toString() {
            return "Pair[" + announced.id() + ", •••]";
        }
    }
}
