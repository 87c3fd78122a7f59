package dev.escale.control.secret;

import dev.escale.control.MasterKeyPlace;
import dev.escale.control.StartRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The key that wraps the others, as this process knows it. */
final class MasterKey {
    private final MasterKeyPlace place;
    private volatile Keyring ring;

    private MasterKey(MasterKeyPlace place, Keyring ring) {
        this.place = place;
        this.ring = ring;
    }

    /**
     * @param needed whether the database already holds keys that it wraps
     * @throws StartRefused when it is needed and missing, or cannot be read
     */
    static MasterKey load(MasterKeyPlace place, boolean needed) {
        Keyring ring = found(place, needed);
        if (place instanceof MasterKeyPlace.File file) {
            new MasterKeyFile(file.path()).warnIfOthersReadIt();
        }
        return new MasterKey(place, ring);
    }

    Keyring ring() {
        return ring;
    }

    /** Another process may have changed the file. One that is gone leaves what is known. */
    Keyring again() {
        if (place instanceof MasterKeyPlace.File file && java.nio.file.Files.exists(file.path())) {
            ring = found(place, true);
        }
        return ring;
    }

    /** Whether a new key can be written where it comes from. */
    boolean canBeReplaced() {
        return place instanceof MasterKeyPlace.File;
    }

    /**
     * @throws StartRefused when the file cannot be written; then it is as it was
     */
    void replace(Keyring keys) {
        if (!(place instanceof MasterKeyPlace.File file)) {
            throw new IllegalStateException("the master key is not in a file");
        }
        try {
            new MasterKeyFile(file.path()).replace(keys);
            ring = keys;
        } catch (IOException failure) {
            throw new StartRefused(
                    ("The master key %s cannot be replaced: %s. It is as it was; whoever rotates"
                                    + " it must be able to write to its folder.")
                            .formatted(file.path(), said(failure)),
                    failure);
        }
    }

    private static Keyring found(MasterKeyPlace place, boolean needed) {
        return switch (place) {
            case MasterKeyPlace.File file -> inFile(file.path(), needed);
            case MasterKeyPlace.Text text -> inText(text.text().value());
        };
    }

    private static Keyring inFile(Path path, boolean needed) {
        MasterKeyFile file = new MasterKeyFile(path);
        try {
            return needed ? file.read() : file.readOrMake();
        } catch (NoSuchFileException missing) {
            throw new StartRefused(
                    ("The master key %s is missing, but the database holds keys that only it opens;"
                                    + " put the file back, or name its place in"
                                    + " ESCALE_MASTER_KEY_FILE.")
                            .formatted(path),
                    missing);
        } catch (AccessDeniedException closed) {
            throw new StartRefused(
                    "The master key %s cannot be read by this user; give the file to who runs Escale."
                            .formatted(path),
                    closed);
        } catch (IOException failure) {
            throw unusable(path.toString(), said(failure), failure);
        } catch (GeneralSecurityException failure) {
            throw unusable(path.toString(), "it is not a key of Escale", failure);
        }
    }

    private static Keyring inText(String text) {
        try {
            return MasterKeyText.parse(text);
        } catch (GeneralSecurityException failure) {
            throw unusable("in ESCALE_MASTER_KEY", String.valueOf(failure.getMessage()), failure);
        }
    }

    private static StartRefused unusable(String where, String why, Exception failure) {
        return new StartRefused(
                "The master key %s cannot be used: %s.".formatted(where, why), failure);
    }

    private static String said(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "it may not be written"
                : String.valueOf(failure.getMessage());
    }
}
