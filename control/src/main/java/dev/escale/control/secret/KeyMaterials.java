package dev.escale.control.secret;

import static dev.escale.control.db.schema.Tables.KEY_MATERIAL;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.KeyMaterialRecord;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The control plane's own private keys: in the database, wrapped by the master key. */
public final class KeyMaterials {
    private final Database database;
    private final MasterKey master;
    private final Clock clock;

    KeyMaterials(Database database, MasterKey master, Clock clock) {
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
        return keys(KEY_MATERIAL.PURPOSE.eq(purpose).and(KEY_MATERIAL.RETIRED_AT.isNull()));
    }

    /** Also those that are retired. */
    List<WrappedKey> ever(String purpose) {
        return keys(KEY_MATERIAL.PURPOSE.eq(purpose));
    }

    /** Which key would be the first of {@link #all}, without opening it. */
    @Nullable String newestId(String purpose) {
        return database.systemRead(
                tx ->
                        tx.select(KEY_MATERIAL.ID)
                                .from(KEY_MATERIAL)
                                .where(KEY_MATERIAL.PURPOSE.eq(purpose))
                                .and(KEY_MATERIAL.RETIRED_AT.isNull())
                                .orderBy(KEY_MATERIAL.CREATED_AT.desc())
                                .limit(1)
                                .fetchOne(KEY_MATERIAL.ID));
    }

    /**
     * @throws IllegalStateException when another replica has rotated the master key and this one
     *     was not given the new one: what it wrapped, nobody could open
     */
    public WrappedKey add(String purpose, Fresh fresh) {
        return database.system(
                tx -> {
                    Database.lock(tx, KEY_MATERIAL);
                    WrappedKey key =
                            new WrappedKey(
                                    Ids.random("key"),
                                    purpose,
                                    fresh.publicPart(),
                                    fresh.privatePart(),
                                    afterAll(tx, purpose),
                                    fresh.expiresAt());
                    insert(tx, key, KeyWrapping.wrap(current(tx), key));
                    return key;
                });
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

    /**
     * A new master key in its file, beside the one that wraps now. Those who hold only the old one
     * read the file when they meet what it does not open. Does nothing when there are two already:
     * an earlier rotation was cut off.
     *
     * @return whether there is one that is new
     */
    boolean announceMaster() {
        return locked(
                tx -> {
                    Keyring known = current(tx);
                    if (!known.isOne()) {
                        return false;
                    }
                    master.replace(renewed(known));
                    return true;
                });
    }

    /** All keys wrapped by the first master key. @return how many were not */
    int rewrap() {
        return locked(
                tx -> {
                    Keyring known = current(tx);
                    var others =
                            tx.selectFrom(KEY_MATERIAL).orderBy(KEY_MATERIAL.ID).fetch().stream()
                                    .filter(row -> !known.wouldSeal(row.getWrapped()))
                                    .toList();
                    for (KeyMaterialRecord row : others) {
                        row.setWrapped(KeyWrapping.wrap(known, KeyWrapping.unwrap(known, row)));
                        row.update();
                    }
                    return others.size();
                });
    }

    /** Forgets the master keys that nothing is wrapped by any more. @return whether it could */
    boolean dropOldMasters() {
        return locked(
                tx -> {
                    Keyring known = current(tx);
                    if (!prefixes(tx).stream().allMatch(known::wouldSeal)) {
                        return false;
                    }
                    if (!known.isOne()) {
                        master.replace(onlyFirst(known));
                    }
                    return true;
                });
    }

    boolean masterCanBeReplaced() {
        return master.canBeReplaced();
    }

    private <T> T locked(java.util.function.Function<DSLContext, T> work) {
        return database.system(
                tx -> {
                    Database.lock(tx, KEY_MATERIAL);
                    master.again();
                    return work.apply(tx);
                });
    }

    /** As it is in the file, if it has changed since it was read. */
    private Keyring current(DSLContext tx) {
        List<byte[]> used = prefixes(tx);
        if (!used.stream().allMatch(master.ring()::knows)
                && !used.stream().allMatch(master.again()::knows)) {
            throw KeyWrapping.doesNotOpen(null);
        }
        return master.ring();
    }

    private static List<byte[]> prefixes(DSLContext tx) {
        return tx.selectDistinct(
                        DSL.field(
                                "substr({0}, 1, {1})",
                                byte[].class, KEY_MATERIAL.WRAPPED, DSL.inline(Keyring.PREFIX)))
                .from(KEY_MATERIAL)
                .fetch(0, byte[].class);
    }

    /** Later than the others of its purpose, whatever the clock of this replica says. */
    private Instant afterAll(DSLContext tx, String purpose) {
        Instant now = clock.instant();
        Instant last =
                tx.select(DSL.max(KEY_MATERIAL.CREATED_AT))
                        .from(KEY_MATERIAL)
                        .where(KEY_MATERIAL.PURPOSE.eq(purpose))
                        .fetchOne(0, Instant.class);
        return last == null || last.isBefore(now) ? now : last.plusNanos(1_000);
    }

    private static void insert(DSLContext tx, WrappedKey key, byte[] wrapped) {
        tx.insertInto(KEY_MATERIAL)
                .set(KEY_MATERIAL.ID, key.id())
                .set(KEY_MATERIAL.PURPOSE, key.purpose())
                .set(KEY_MATERIAL.PUBLIC_PART, key.publicPart())
                .set(KEY_MATERIAL.WRAPPED, wrapped)
                .set(KEY_MATERIAL.CREATED_AT, key.createdAt())
                .set(KEY_MATERIAL.EXPIRES_AT, key.expiresAt())
                .execute();
    }

    private List<WrappedKey> keys(Condition which) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(KEY_MATERIAL)
                                .where(which)
                                .orderBy(KEY_MATERIAL.CREATED_AT.desc())
                                .fetch(this::unwrap));
    }

    private WrappedKey unwrap(KeyMaterialRecord row) {
        Keyring known = master.ring();
        return KeyWrapping.unwrap(known.knows(row.getWrapped()) ? known : master.again(), row);
    }

    private static Keyring renewed(Keyring known) {
        try {
            return known.renewed();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A master key cannot be made", failure);
        }
    }

    private static Keyring onlyFirst(Keyring known) {
        try {
            return known.onlyFirst();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Master keys cannot be forgotten", failure);
        }
    }
}
