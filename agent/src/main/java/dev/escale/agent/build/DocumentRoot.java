package dev.escale.agent.build;

import dev.escale.agent.build.source.SymbolicLinks;
import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the finished site among the places where it may lie.
 *
 * @param release that no link may leave
 * @param app folder of the app in it
 */
record DocumentRoot(Path release, Path app) {
    private static final int DEEPEST = 3;

    Path find(List<String> folders) throws BuildFailed, IOException {
        Path root =
                folders.stream()
                        .map(this::inside)
                        .flatMap(Optional::stream)
                        .filter(folder -> Files.isRegularFile(folder.resolve("index.html")))
                        .findFirst()
                        .or(() -> deeper(folders))
                        .or(() -> onlyChoice(folders))
                        .orElseThrow(() -> missing(folders));
        Optional<Path> link = SymbolicLinks.leaving(release, root);
        if (link.isPresent()) {
            throw new BuildFailed(
                    Note.of(
                            Notes.SOURCE_SYMLINK_ESCAPES,
                            "path",
                            release.relativize(link.get()).toString(),
                            "target",
                            Files.readSymbolicLink(link.get()).toString()),
                    List.of());
        }
        return root;
    }

    /** By a path without links, so that what is found is what will be served. */
    private Optional<Path> inside(String folder) {
        Path path = app.resolve(folder).normalize();
        try {
            Path top = release.toRealPath();
            Path real = path.toRealPath();
            return Files.isDirectory(real) && real.startsWith(top)
                    ? Optional.of(
                            real.equals(top) ? release : release.resolve(top.relativize(real)))
                    : Optional.empty();
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    /** Angular puts it into {@code dist/NAME/browser}. */
    private Optional<Path> deeper(List<String> folders) {
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(this::inside)
                .flatMap(Optional::stream)
                .map(DocumentRoot::firstPageBelow)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Path> firstPageBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(file -> file.endsWith("index.html"))
                    .map(Path::getParent)
                    .min(
                            Comparator.comparing((Path f) -> !f.endsWith("browser"))
                                    .thenComparing(Path::getNameCount)
                                    .thenComparing(Comparator.naturalOrder()));
        } catch (IOException | java.io.UncheckedIOException vanished) {
            return Optional.empty();
        }
    }

    /** Somebody named it, so it need not have a first page. */
    private Optional<Path> onlyChoice(List<String> folders) {
        return folders.size() == 1 ? inside(folders.getFirst()) : Optional.empty();
    }

    private static BuildFailed missing(List<String> folders) {
        String all = String.join(", ", folders.stream().map(f -> f.isEmpty() ? "." : f).toList());
        return new BuildFailed(Note.of(Notes.BUILD_OUTPUT_MISSING, "folders", all), List.of());
    }
}
