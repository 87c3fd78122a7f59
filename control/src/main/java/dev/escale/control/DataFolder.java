package dev.escale.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The folder of the control plane's data, closed to others whatever the umask. */
final class DataFolder {
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    /** Of a folder that was there before: others may go on passing through it, and no more. */
    private static final Set<PosixFilePermission> LEFT =
            PosixFilePermissions.fromString("rwx--x--x");

    private DataFolder() {}

    static void make(Path home) {
        try {
            Files.createDirectories(home, PosixFilePermissions.asFileAttribute(OWNER));
            close(home);
        } catch (IOException failure) {
            throw new StartRefused(
                    "ESCALE_HOME %s cannot be made: %s.".formatted(home, failure.getMessage()),
                    failure);
        }
        if (!Files.isWritable(home)) {
            throw new StartRefused("ESCALE_HOME %s cannot be written.".formatted(home));
        }
    }

    private static void close(Path home) throws IOException {
        Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(home));
        if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StartRefused(
                    "Everybody can write to ESCALE_HOME %s; give Escale a folder of its own."
                            .formatted(home));
        }
        if (rights.retainAll(LEFT)) {
            Files.setPosixFilePermissions(home, rights);
        }
    }
}
