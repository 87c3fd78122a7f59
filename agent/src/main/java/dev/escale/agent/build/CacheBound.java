package dev.escale.agent.build;

import dev.escale.agent.host.FolderTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Keeps the caches of a build user within a bound: what is oldest goes first. What a package
 * manager checks before it uses it goes file by file, a package that it trusts as a whole, and what
 * we do not know by its topmost folder. Nothing of the build may run meanwhile.
 *
 * @param home whose temporary files are not its business
 */
record CacheBound(Path home, long bytes) {
    static final long DEFAULT = 1L << 30;

    private static final String TEMPORARY = "tmp";

    /** Folders in which each entry stands for itself. */
    private static final Set<String> SHELVES =
            Set.of(
                    "tools",
                    ".cache",
                    ".cache/yarn",
                    ".cache/yarn/v6",
                    ".npm",
                    ".npm/_cacache",
                    ".yarn",
                    ".yarn/berry",
                    ".yarn/berry/cache");

    /** npm compares each file's digest with its name. */
    private static final Set<String> CHECKED = Set.of(".npm/_cacache/content-v2");

    private record Entry(Path path, long bytes, long modified) {}

    void keep() throws IOException {
        var entries = new ArrayList<Entry>();
        gather(home, entries);
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        entries.sort(Comparator.comparingLong(Entry::modified));
        for (Entry oldest : entries) {
            if (total <= bytes) {
                return;
            }
            FolderTree.delete(oldest.path());
            total -= oldest.bytes();
        }
    }

    private void gather(Path folder, List<Entry> into) throws IOException {
        try (var children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = home.relativize(child).toString();
                boolean inside = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (inside && SHELVES.contains(name)) {
                    gather(child, into);
                } else if (inside && CHECKED.contains(name)) {
                    into.addAll(files(child));
                } else if (!name.equals(TEMPORARY)) {
                    into.add(whole(child, files(child)));
                }
            }
        }
    }

    private static Entry whole(Path path, List<Entry> files) {
        return new Entry(
                path,
                files.stream().mapToLong(Entry::bytes).sum(),
                files.stream().mapToLong(Entry::modified).max().orElse(0));
    }

    /** Links are counted, and never followed. */
    private static List<Entry> files(Path folder) throws IOException {
        var files = new ArrayList<Entry>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                        long modified = about.lastModifiedTime().toMillis();
                        files.add(new Entry(file, about.size(), modified));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }
}
