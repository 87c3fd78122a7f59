package dev.escale.agent.build.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Counts the files of a checkout that Git LFS left as pointers. */
final class LfsPointers extends SimpleFileVisitor<Path> {
    private static final byte[] BEGIN = "version https://git-lfs.github.com/spec/".getBytes(UTF_8);
    private static final int LONGEST = 1024;

    private @Nullable Path first;
    private int count;

    static LfsPointers in(Path folder) throws IOException {
        var pointers = new LfsPointers();
        Files.walkFileTree(folder, pointers);
        return pointers;
    }

    @Nullable Path first() {
        return first;
    }

    int count() {
        return count;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()
                && attributes.size() > BEGIN.length
                && attributes.size() < LONGEST
                && isPointer(file)) {
            count++;
            first = first == null ? file : first;
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isPointer(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return java.util.Arrays.equals(content.readNBytes(BEGIN.length), BEGIN);
        }
    }
}
