package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log file with the parts that were rotated away before it: one text whose positions only grow.
 * The names say everything, so that no crash can lose it: a part is called as the file and {@code
 * .<start>-<next>}, the position of its first byte and that of the part after it. Between the two
 * lies more room than there are bytes, because whoever writes may go on doing so for a moment.
 *
 * @param file that is written to; it may not be there yet
 */
public record GrowingText(Path file) {
    private static final Pattern ROTATED = Pattern.compile("\\.(\\d{20})-(\\d{20})");
    private static final long ROOM = 16L << 20;

    /**
     * A piece of it on disk.
     *
     * @param start position of its first byte
     * @param next position of the first byte of the part after it; the most there is for the file
     *     itself
     */
    public record Part(Path path, long start, long next) {}

    /** Oldest first; the last is the file itself, whether it is there or not. */
    public List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>(rotated());
        long start = parts.isEmpty() ? 0 : parts.getLast().next();
        parts.add(new Part(file, start, Long.MAX_VALUE));
        return parts;
    }

    /** Oldest first. */
    private List<Part> rotated() throws IOException {
        String name = file.getFileName().toString();
        List<Part> parts = new ArrayList<>();
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(folder(), path -> named(path, name))) {
            for (Path path : siblings) {
                String suffix = path.getFileName().toString().substring(name.length());
                Matcher rotated = ROTATED.matcher(suffix);
                if (rotated.matches()) {
                    parts.add(
                            new Part(
                                    path,
                                    Long.parseLong(rotated.group(1)),
                                    Long.parseLong(rotated.group(2))));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException notYet) {
            return List.of();
        }
        parts.sort(Comparator.comparingLong(Part::start));
        return parts;
    }

    /** Moves the file away; whoever writes must then open it anew. */
    public void rotate() throws IOException {
        long start = parts().getLast().start();
        long next = start + Files.size(file) + ROOM;
        String suffix = String.format(Locale.ROOT, ".%020d-%020d", start, next);
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + suffix),
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Deletes the oldest parts until those that are left have no more than these bytes together.
     * The newest stays, because it says where the file begins.
     */
    public void keep(long bytes) throws IOException {
        List<Part> parts = rotated();
        long kept = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            kept += Files.size(parts.get(i).path());
            if (kept > bytes && i < parts.size() - 1) {
                Files.deleteIfExists(parts.get(i).path());
            }
        }
    }

    /** The file and all its parts. */
    public void delete() throws IOException {
        for (Part part : parts()) {
            Files.deleteIfExists(part.path());
        }
    }

    private Path folder() {
        Path folder = file.getParent();
        return folder == null ? Path.of(".") : folder;
    }

    private static boolean named(Path path, String name) {
        return path.getFileName().toString().startsWith(name + ".");
    }
}
