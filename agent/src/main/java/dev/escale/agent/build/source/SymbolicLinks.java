package dev.escale.agent.build.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Looks for symbolic links that lead out of a folder, also by way of other links. */
public final class SymbolicLinks {
    private static final int MOST_LINKS = 40;

    private SymbolicLinks() {}

    /**
     * @param root that no link may leave
     * @param folder root, or a folder below it, in which to look
     */
    public static Optional<Path> leaving(Path root, Path folder) throws IOException {
        var found = new AtomicReference<Path>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isSymbolicLink() && leaves(root, file)) {
                            found.set(file);
                            return FileVisitResult.TERMINATE;
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return Optional.ofNullable(found.get());
    }

    /** Follows the link step by step; one that goes in circles leads nowhere and is fine. */
    private static boolean leaves(Path root, Path link) throws IOException {
        var ahead = new ArrayDeque<Path>();
        root.relativize(link).forEach(ahead::add);
        Path at = root;
        for (int links = 0; !ahead.isEmpty(); ) {
            String name = ahead.pop().toString();
            if (name.equals("..")) {
                Path up = at.getParent();
                if (at.equals(root) || up == null) {
                    return true;
                }
                at = up;
            } else if (!name.isEmpty() && !name.equals(".")) {
                Path next = at.resolve(name);
                if (!Files.isSymbolicLink(next)) {
                    at = next;
                    continue;
                }
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute()) {
                    return true;
                }
                if (++links > MOST_LINKS) {
                    return false;
                }
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    ahead.push(target.getName(i));
                }
            }
        }
        return false;
    }
}
