package dev.escale.agent.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.host.FolderTree;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.release.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Installed packages, kept under a key that says all that decided on them, and shared with releases
 * by hard links. What is shared belongs to root and is read-only, so that no build can change an
 * earlier release through it; its folders are each release's own. A build that insists on changing
 * shared files gets a copy, and so do later ones of the same key. Nobody but the agent can enter
 * the store.
 */
final class Dependencies {
    private static final int KEPT = 3;
    private static final String MODULES = "node_modules";
    private static final String COPY = "copy";

    private final Path store;
    private final Workshop workshop;

    /**
     * @param root of the app, in which the store is
     */
    Dependencies(Path root, Workshop workshop) {
        this.store = root.toAbsolutePath().resolve("dependencies");
        this.workshop = workshop;
    }

    /**
     * @param lockFile a plain file, of any size
     */
    static String key(Path lockFile, String... others) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var content = Files.newInputStream(lockFile, LinkOption.NOFOLLOW_LINKS)) {
                var part = new byte[16 << 10];
                for (int read; (read = content.read(part)) > 0; ) {
                    digest.update(part, 0, read);
                }
            }
            for (String other : others) {
                digest.update((byte) 0);
                digest.update(other.getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 40);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @return whether they were there
     */
    boolean restore(String key, Path folder) throws BuildFailed, InterruptedException, IOException {
        Path kept = store.resolve(key);
        if (!holds(key)) {
            return false;
        }
        FolderTree.delete(folder.resolve(MODULES));
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        if (Files.exists(kept.resolve(COPY))) {
            copy(kept, folder);
        } else {
            link(kept.resolve(MODULES), folder);
        }
        return true;
    }

    /** Takes in what has just been installed; from then on its files are shared. */
    void keep(String key, Path folder) throws BuildFailed, InterruptedException, IOException {
        if (!isFolder(folder.resolve(MODULES))) {
            return; // nothing was installed, or a link to elsewhere
        }
        makeStore();
        Path fresh = store.resolve(key + ".new");
        FolderTree.delete(fresh);
        Files.createDirectory(fresh);
        link(folder.resolve(MODULES), fresh);
        FolderTree.delete(fresh.resolve(MODULES).resolve(".cache"));
        workshop.own(protect(fresh));
        FolderTree.delete(store.resolve(key));
        Files.move(fresh, store.resolve(key));
        forgetOldest();
    }

    boolean holds(String key) {
        return isFolder(store.resolve(key).resolve(MODULES));
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives the release files of its own in place of the shared ones. */
    void separate(String key, Path folder) throws BuildFailed, InterruptedException, IOException {
        Path kept = store.resolve(key);
        Files.writeString(kept.resolve(COPY), "");
        FolderTree.delete(folder.resolve(MODULES));
        copy(kept, folder);
    }

    private void copy(Path kept, Path folder) throws BuildFailed, InterruptedException {
        Path modules = folder.resolve(MODULES);
        workshop.own(
                List.of(
                        "cp",
                        "--archive",
                        "--reflink=auto",
                        kept.resolve(MODULES).toString(),
                        folder.toString()));
        workshop.own(List.of("chmod", "--recursive", "u+w", modules.toString()));
        HostUser user = workshop.user();
        if (user != null) {
            workshop.own(Ownership.give(user, modules));
        }
    }

    private void link(Path modules, Path folder) throws BuildFailed, InterruptedException {
        workshop.own(List.of("cp", "--archive", "--link", modules.toString(), folder.toString()));
    }

    private List<String> protect(Path folder) {
        var find = new ArrayList<>(List.of("find", "-P", folder.toString(), "!", "-type", "d"));
        HostUser user = workshop.user();
        if (user != null) {
            find.addAll(List.of("-user", user.name())); // a hard link to somebody else's stays his
            find.addAll(List.of("-exec", "chown", "--no-dereference", "0:0", "{}", "+"));
        }
        find.addAll(List.of("-type", "f", "-exec", "chmod", "a+r,a-ws", "{}", "+"));
        return find;
    }

    private void makeStore() throws IOException {
        if (!Files.isDirectory(store)) {
            Files.createDirectories(
                    store,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    private void forgetOldest() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> entries = Files.list(store)) {
            newestFirst =
                    entries.sorted(Comparator.comparing(Dependencies::modified).reversed())
                            .toList();
        }
        for (Path old :
                newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
            FolderTree.delete(old);
        }
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException vanished) {
            return FileTime.fromMillis(0);
        }
    }
}
