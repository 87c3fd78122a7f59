package dev.escale.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of the control plane's data. What it makes, only its owner can enter. */
final class DataFolder {
    private DataFolder() {}

    static void make(Path home) {
        try {
            Files.createDirectories(
                    home,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failure) {
            throw new StartRefused(
                    "ESCALE_HOME %s cannot be made: %s.".formatted(home, failure.getMessage()),
                    failure);
        }
        if (!Files.isWritable(home)) {
            throw new StartRefused("ESCALE_HOME %s cannot be written.".formatted(home));
        }
    }
}
