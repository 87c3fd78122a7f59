package dev.escale.control.secret;

import dev.escale.control.StartRefused;
import dev.escale.control.db.schema.tables.records.KeyMaterialRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** How a key of the database is wrapped: for its own row, and for no other. */
final class KeyWrapping {
    private KeyWrapping() {}

    static WrappedKey unwrap(Keyring known, KeyMaterialRecord row) {
        try {
            byte[] opened =
                    known.aead()
                            .decrypt(row.getWrapped(), associated(row.getId(), row.getPurpose()));
            return new WrappedKey(
                    row.getId(),
                    row.getPurpose(),
                    row.getPublicPart(),
                    opened,
                    row.getCreatedAt(),
                    row.getExpiresAt());
        } catch (GeneralSecurityException failure) {
            throw doesNotOpen(failure);
        }
    }

    static byte[] wrap(Keyring known, WrappedKey key) {
        try {
            return known.aead().encrypt(key.privatePart(), associated(key.id(), key.purpose()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Wrapping a key failed", failure);
        }
    }

    static StartRefused doesNotOpen(@Nullable Exception failure) {
        return new StartRefused(
                "The master key does not open the keys of this database; put back the one that"
                        + " belongs to it (ESCALE_MASTER_KEY_FILE or ESCALE_MASTER_KEY), or give"
                        + " this replica the new one if it was rotated elsewhere.",
                failure == null ? new GeneralSecurityException("another key") : failure);
    }

    private static byte[] associated(String id, String purpose) {
        return (purpose + ":" + id).getBytes(StandardCharsets.UTF_8);
    }
}
