package dev.escale.agent.build.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A checkout on the disk. Links that stay inside are followed. */
record DiskTree(Path root) implements FileTree {
    private static final int LARGEST = 512 << 10;

    @Override
    public Optional<String> text(String path) {
        Optional<byte[]> content = read(path);
        if (content.isPresent() && content.get().length > LARGEST) {
            String limit = Integer.toString(LARGEST >> 10);
            throw new FileRefused(
                    Note.of(Notes.DETECT_FILE_TOO_LARGE, "file", path, "kilobytes", limit));
        }
        return content.map(bytes -> new String(bytes, UTF_8));
    }

    @Override
    public String beginning(String path) {
        return read(path)
                .map(bytes -> new String(bytes, 0, Math.min(LARGEST, bytes.length), UTF_8))
                .orElse("");
    }

    /** One byte more than is wanted, if there is one. */
    private Optional<byte[]> read(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root.toRealPath()) || !Files.isRegularFile(real)) {
                throw new FileRefused(Note.of(Notes.DETECT_NOT_A_FILE, "file", path));
            }
            try (var content = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(content.readNBytes(LARGEST + 1));
            }
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
