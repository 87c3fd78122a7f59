package dev.escale.control.secret;

import dev.escale.control.MasterKeyPlace;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import java.time.Clock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the keys of what is at rest, while other processes work with them. Killed at any moment,
 * everything still opens; the next rotation finishes the one that was cut off before it begins
 * another.
 *
 * <pre>
 * master key   file: new and old → each key of the database wrapped by the new → file: new
 * data keys    new one in the database → each value sealed by it → the old one retired
 * </pre>
 */
public final class KeyRotation {
    private final KeyMaterials keys;
    private final Secrets secrets;
    private final Resealing resealing;

    KeyRotation(KeyMaterials keys, Secrets secrets, Resealing resealing) {
        this.keys = keys;
        this.secrets = secrets;
        this.resealing = resealing;
    }

    /** For what runs beside a control plane instead of in one. */
    public static KeyRotation of(
            MasterKeyPlace master, Database database, TeamLookup teams, Clock clock) {
        KeyMaterials keys = SecretConfiguration.keyMaterials(master, database, clock);
        Secrets secrets = new Secrets(keys);
        return new KeyRotation(keys, secrets, new Resealing(database, teams, secrets));
    }

    /** What became of the master key. */
    public enum Master {
        RENEWED,
        /** An earlier rotation was cut off, and is finished now. */
        FINISHED,
        /** It comes from the environment, and all is wrapped by the first one there. */
        OF_ENVIRONMENT
    }

    /**
     * @throws dev.escale.control.StartRefused when its file cannot be written; nothing has changed
     */
    public Master renewMaster() {
        if (!keys.masterCanBeReplaced()) {
            keys.rewrap();
            return Master.OF_ENVIRONMENT;
        }
        boolean announced = keys.announceMaster();
        keys.rewrap();
        keys.dropOldMasters();
        return announced ? Master.RENEWED : Master.FINISHED;
    }

    /**
     * A new key seals from here on.
     *
     * @return its id; null when an earlier rotation is not finished, whose key goes on to seal
     */
    public @Nullable String renewDataKey() {
        return secrets.hasOldKeys() ? null : secrets.renew();
    }

    /** Whether something may still be sealed by an old key. */
    public boolean isUnfinished() {
        return secrets.hasOldKeys();
    }

    public long left() {
        return resealing.left();
    }

    /**
     * Seals everything by the newest key, then retires the others.
     *
     * @param progress how many values so far
     * @return how many values do not open and are left as they are; then the old keys stay
     */
    public long reseal(LongConsumer progress) {
        long closed = resealing.run(progress);
        if (closed == 0 && resealing.left() == 0) {
            secrets.retireOldKeys();
        }
        return closed;
    }
}
