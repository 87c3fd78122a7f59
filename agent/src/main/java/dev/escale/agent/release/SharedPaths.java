package dev.escale.agent.release;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Paths that outlive releases: each is a link in the release to the app's {@code shared} folder,
 * which begins with what the first release brings.
 */
record SharedPaths(AppFolder folder, ReleasePlan plan) {
    void link() throws IOException, RolloutFailed {
        if (plan.shared().isEmpty()) {
            return;
        }
        Files.createDirectories(folder.shared());
        Releases.mode(folder.shared(), "rwx--x--x");
        for (String path : plan.shared()) {
            link(inside(path));
        }
    }

    private void link(Path path) throws IOException, RolloutFailed {
        Path here = plan.directory().resolve(path);
        Path kept = folder.shared().resolve(path);
        refuseLinksAbove(path);
        Files.createDirectories(here.getParent());
        Files.createDirectories(kept.getParent());
        boolean brought = Files.exists(here, LinkOption.NOFOLLOW_LINKS);
        if (brought && Files.isSymbolicLink(here)) {
            throw escape(path);
        }
        if (!Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
            if (brought) {
                Files.move(here, kept);
            } else {
                Files.createDirectory(kept);
            }
        } else if (brought) {
            dev.escale.agent.host.FolderTree.delete(here);
        }
        Files.createSymbolicLink(here, kept);
    }

    private Path inside(String text) throws RolloutFailed {
        Path path = Path.of(text).normalize();
        if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
            throw escape(path);
        }
        return path;
    }

    /** A link among the folders above would lead root's hand anywhere. */
    private void refuseLinksAbove(Path path) throws RolloutFailed {
        for (Path root : java.util.List.of(plan.directory(), folder.shared())) {
            for (int depth = 1; depth < path.getNameCount(); depth++) {
                if (Files.isSymbolicLink(root.resolve(path.subpath(0, depth)))) {
                    throw escape(path);
                }
            }
        }
    }

    private static RolloutFailed escape(Path path) {
        return new RolloutFailed(Note.of(Notes.SHARED_ESCAPES, "path", path.toString()));
    }
}
