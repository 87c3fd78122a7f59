package dev.escale.cli.demo;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders and files that are for us alone, whatever the umask, or makes them so. */
final class OwnFiles {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PASSAGE =
            PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private OwnFiles() {}

    /** Nobody else sees what is in it, but Nginx and apps reach what they have a right to below. */
    static Path passage(Path folder) throws IOException {
        return folder(folder, PASSAGE);
    }

    static Path folder(Path folder) throws IOException {
        return folder(folder, FOLDER);
    }

    /** Empty when it is new. Made so before anything is written to it. */
    static Path file(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (FileAlreadyExistsException known) {
            Files.setPosixFilePermissions(file, FILE);
        }
        return file;
    }

    private static Path folder(Path folder, Set<PosixFilePermission> rights) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(rights));
        Files.setPosixFilePermissions(folder, rights);
        return folder;
    }
}
