package dev.escale.agent.release;

import dev.escale.agent.host.FolderTree;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folders that outlive releases: each is a link in the release to the app's {@code shared} folder,
 * which begins with what the release that serves has there, else with what the first one brings.
 *
 * <p>Never a single file: who replaces it would replace the link, and SQLite writes its journal
 * beside it, into the folder that is root's.
 */
record SharedPaths(AppFolder folder, ReleasePlan plan, @Nullable Served served) {
    /**
     * @return the kept places, which are the app's own from now on
     */
    List<Path> link() throws IOException, RolloutFailed {
        var kept = new ArrayList<Path>();
        if (!plan.shared().isEmpty()) {
            Files.createDirectories(folder.shared());
            Releases.mode(folder.shared(), "rwx--x--x");
        }
        for (String path : plan.shared()) {
            kept.add(link(inside(path), path.endsWith("/")));
        }
        return kept;
    }

    private Path link(Path path, boolean saidToBeFolder) throws IOException, RolloutFailed {
        Path here = plan.directory().resolve(path);
        Path kept = folder.shared().resolve(flat(path));
        refuseLinksAbove(path);
        Files.createDirectories(here.getParent());
        boolean brought = Files.exists(here, LinkOption.NOFOLLOW_LINKS);
        if (brought && Files.isSymbolicLink(here)) {
            throw escape(path);
        }
        boolean known = Files.exists(kept, LinkOption.NOFOLLOW_LINKS);
        if (Files.isRegularFile(here) || Files.isRegularFile(kept)) {
            throw file(path);
        }
        if (!known && takenOver(path, kept)) {
            known = true;
        }
        if (!known && !brought && !saidToBeFolder && namedLikeFile(path)) {
            throw file(path);
        }
        if (!known) {
            if (brought) {
                Files.move(here, kept);
            } else {
                Files.createDirectory(kept);
            }
            Releases.mode(kept, "rwxr-x---");
        } else if (brought) {
            FolderTree.delete(here);
        }
        Files.createSymbolicLink(here, kept);
        return kept;
    }

    /** Looks once more where the app cannot reach: until then, it may have put a link there. */
    private boolean takenOver(Path path, Path kept) throws IOException, RolloutFailed {
        if (served == null || !served.handOver(path, kept)) {
            return false;
        }
        if (!Files.isDirectory(kept, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(kept);
            throw escape(path);
        }
        Releases.mode(kept, "rwxr-x---");
        return true;
    }

    /** {@code data.sqlite}, which no commit brings, is hardly meant to be a folder. */
    private static boolean namedLikeFile(Path path) {
        return path.getFileName().toString().matches(".+\\.[A-Za-z][A-Za-z0-9]*");
    }

    /**
     * One name directly below {@code shared}, which is root's: inside a folder of its own, a
     * running app could put a link in the way of root's hand.
     */
    static String flat(Path path) {
        return path.toString().replace('/', '+');
    }

    private Path inside(String text) throws RolloutFailed {
        Path path = Path.of(text).normalize();
        if (leadsOut(path)) {
            throw escape(path);
        }
        return path;
    }

    /**
     * @param path normalized
     */
    static boolean leadsOut(Path path) {
        return path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty();
    }

    /** A link among the folders above would lead root's hand anywhere. */
    private void refuseLinksAbove(Path path) throws RolloutFailed {
        for (int depth = 1; depth < path.getNameCount(); depth++) {
            if (Files.isSymbolicLink(plan.directory().resolve(path.subpath(0, depth)))) {
                throw escape(path);
            }
        }
    }

    private static RolloutFailed file(Path path) {
        return new RolloutFailed(Note.of(Notes.SHARED_FILE, "path", path.toString()));
    }

    private static RolloutFailed escape(Path path) {
        return new RolloutFailed(Note.of(Notes.SHARED_ESCAPES, "path", path.toString()));
    }
}
