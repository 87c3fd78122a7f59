package dev.escale.agent.build.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A checkout on the disk, whose symbolic links have been found to stay inside. */
record DiskTree(Path root) implements FileTree {
    private static final int LARGEST = 1 << 20;

    @Override
    public Optional<String> text(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var content = Files.newInputStream(file)) {
            return Optional.of(new String(content.readNBytes(LARGEST), UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }

    @Override
    public boolean hasFile(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    @Override
    public boolean hasFolder(String path) {
        return Files.isDirectory(root.resolve(path));
    }

    @Override
    public List<String> folders(String path) {
        if (!hasFolder(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root.resolve(path))) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("node_modules"))
                    .sorted()
                    .limit(200)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + path, failure);
        }
    }
}
