package dev.escale.agent.build;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder in a release, or a file in it, on which root is about to act. A build may have put a
 * link to anywhere in its place: it is looked up each time anew, while nothing of the build runs.
 *
 * @param release that it may not leave
 * @param path relative to the release; links that stay inside are followed
 */
record Inside(Path release, String path) {
    /**
     * @return the folder by a path without links below the release
     */
    Path folder() throws BuildFailed, IOException {
        Path top = release.toRealPath();
        Path named = release.resolve(path).normalize();
        Path real;
        try {
            real = named.toRealPath();
        } catch (NoSuchFileException gone) {
            throw new BuildFailed(Note.of(Notes.DETECT_ROOT_MISSING, "root", path), List.of());
        }
        if (!real.startsWith(top) || !Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new BuildFailed(
                    Note.of(Notes.SOURCE_SYMLINK_ESCAPES, "path", path, "target", real.toString()),
                    List.of());
        }
        return real.equals(top) ? release : release.resolve(top.relativize(real));
    }

    /**
     * @param name of a file in the folder
     * @return the file by a path without links: a pipe or a device could hold up who reads it
     */
    Path file(String name) throws BuildFailed, IOException {
        Path real = folder().resolve(name).toRealPath();
        refuseOutside(release.toRealPath(), real);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new BuildFailed(Note.of(Notes.DETECT_NOT_A_FILE, "file", name), List.of());
        }
        return real;
    }

    private void refuseOutside(Path top, Path real) throws BuildFailed {
        if (!real.startsWith(top)) {
            throw new BuildFailed(
                    Note.of(Notes.SOURCE_SYMLINK_ESCAPES, "path", path, "target", real.toString()),
                    List.of());
        }
    }
}
