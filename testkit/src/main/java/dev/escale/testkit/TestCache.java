package dev.escale.testkit;

import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Things that take minutes to make and are the same for every run, under {@code ESCALE_TEST_CACHE}
 * (default {@code /var/cache/escale-test}). An entry is there whole or not at all, also after a
 * crash, and several runs may want the same one.
 */
public final class TestCache {
    private TestCache() {}

    public static Path folder() {
        return Path.of(
                Optional.ofNullable(System.getenv("ESCALE_TEST_CACHE"))
                        .filter(name -> !name.isBlank())
                        .orElse("/var/cache/escale-test"));
    }

    /**
     * @param make fills the empty folder that it is given
     */
    public static synchronized Path entry(String name, Consumer<Path> make) {
        try {
            Files.createDirectories(folder());
            Path entry = folder().resolve(name);
            try (var channel = lockFile(name);
                    FileLock _ = channel.lock()) {
                if (!Files.isDirectory(entry)) {
                    makeWhole(entry, make);
                }
                return entry;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lockFile(String name) throws IOException {
        return FileChannel.open(
                folder().resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private static void makeWhole(Path entry, Consumer<Path> make) throws IOException {
        Path part = entry.resolveSibling(entry.getFileName() + ".part");
        Program.of("rm", "-rf", "--one-file-system", part.toString()).run();
        Files.createDirectories(part);
        make.accept(part);
        Files.move(part, entry);
    }
}
