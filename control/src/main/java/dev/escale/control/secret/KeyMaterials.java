package dev.escale.control.secret;

import static dev.escale.control.db.schema.Tables.KEY_MATERIAL;

import com.google.crypto.tink.Aead;
import dev.escale.control.StartRefused;
import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.KeyMaterialRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The control plane's own private keys: in the database, wrapped by the master key. */
public final class KeyMaterials {
    private final Database database;
    private final Aead master;
    private final Clock clock;

    KeyMaterials(Database database, Aead master, Clock clock) {
        this.database = database;
        this.master = master;
        this.clock = clock;
    }

    /** A key that was just made, before it is stored. */
    public record Fresh(String publicPart, byte[] privatePart, @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "Fresh[•••]";
        }
    }

    /** The newest key of the purpose that is not retired. */
    public Optional<WrappedKey> newest(String purpose) {
        return all(purpose).stream().findFirst();
    }

    /** The newest key of the purpose; made and stored when there is none. */
    public WrappedKey newestOrMake(String purpose, Supplier<Fresh> maker) {
        return database.system(tx -> newest(purpose).orElseGet(() -> add(purpose, maker.get())));
    }

    /** Keys of the purpose that are not retired, newest first. */
    public List<WrappedKey> all(String purpose) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(KEY_MATERIAL)
                                .where(KEY_MATERIAL.PURPOSE.eq(purpose))
                                .and(KEY_MATERIAL.RETIRED_AT.isNull())
                                .orderBy(KEY_MATERIAL.CREATED_AT.desc())
                                .fetch(this::unwrap));
    }

    public WrappedKey add(String purpose, Fresh fresh) {
        String id = Ids.random("key");
        WrappedKey key =
                new WrappedKey(
                        id,
                        purpose,
                        fresh.publicPart(),
                        fresh.privatePart(),
                        clock.instant(),
                        fresh.expiresAt());
        database.system(
                tx ->
                        tx.insertInto(KEY_MATERIAL)
                                .set(KEY_MATERIAL.ID, id)
                                .set(KEY_MATERIAL.PURPOSE, purpose)
                                .set(KEY_MATERIAL.PUBLIC_PART, key.publicPart())
                                .set(KEY_MATERIAL.WRAPPED, wrap(key))
                                .set(KEY_MATERIAL.CREATED_AT, key.createdAt())
                                .set(KEY_MATERIAL.EXPIRES_AT, key.expiresAt())
                                .execute());
        return key;
    }

    /** The key stays for the record, but is not used again. */
    public void retire(String id) {
        database.system(
                tx ->
                        tx.update(KEY_MATERIAL)
                                .set(KEY_MATERIAL.RETIRED_AT, clock.instant())
                                .where(KEY_MATERIAL.ID.eq(id))
                                .execute());
    }

    private byte[] wrap(WrappedKey key) {
        try {
            return master.encrypt(key.privatePart(), associated(key.id(), key.purpose()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Wrapping a key failed", failure);
        }
    }

    private WrappedKey unwrap(KeyMaterialRecord row) {
        try {
            byte[] opened =
                    master.decrypt(row.getWrapped(), associated(row.getId(), row.getPurpose()));
            return new WrappedKey(
                    row.getId(),
                    row.getPurpose(),
                    row.getPublicPart(),
                    opened,
                    row.getCreatedAt(),
                    row.getExpiresAt());
        } catch (GeneralSecurityException failure) {
            throw new StartRefused(
                    "The master key does not open the keys of this database; put back the file that"
                            + " belongs to it (ESCALE_MASTER_KEY_FILE).",
                    failure);
        }
    }

    private static byte[] associated(String id, String purpose) {
        return (purpose + ":" + id).getBytes(StandardCharsets.UTF_8);
    }
}
