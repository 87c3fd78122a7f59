package dev.escale.testkit;

import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A fresh folder for one test. Unlike JUnit's it can be passed through by other users, which the
 * apps of an agent that is root need.
 */
public final class Workplace implements AutoCloseable {
    private final Path folder;
    private final Leftovers.Entry entry;

    private Workplace(Path folder) {
        this.folder = folder;
        this.entry = Leftovers.add(folder.toString(), this::remove);
    }

    public static Workplace fresh() {
        try {
            Path folder = Files.createTempDirectory("escale-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return new Workplace(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** A folder in it, made when it is not there. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove();
        entry.done();
    }

    private void remove() {
        Program.of("rm", "-rf", "--one-file-system", folder.toString()).attempt();
    }
}
