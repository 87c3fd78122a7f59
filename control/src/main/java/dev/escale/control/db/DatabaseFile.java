package dev.escale.control.db;

import dev.escale.control.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The file of SQLite, which nobody but its owner reads. SQLite gives the rights of the file to the
 * log and the index beside it.
 */
final class DatabaseFile {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private DatabaseFile() {}

    /** Before SQLite opens it, so that there is no moment at which others could. */
    static void make(Path file) {
        try {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(FOLDER));
            makeEmpty(file);
        } catch (IOException failure) {
            throw new StartRefused(
                    "The database file %s cannot be made: %s."
                            .formatted(file, failure.getMessage()),
                    failure);
        }
    }

    /** Nobody else reads it, either. One that is there stays. */
    static void makeEmpty(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (FileAlreadyExistsException known) {
            close(file);
        }
    }

    private static void close(Path file) throws IOException {
        for (String part : List.of("", "-wal", "-shm")) {
            Path each = Path.of(file + part);
            if (Files.exists(each)) {
                Files.setPosixFilePermissions(each, FILE);
            }
        }
    }
}
