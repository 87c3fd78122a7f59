package dev.escale.agent.release;

import dev.escale.agent.host.HostUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may enter a release of files: Nginx the document root alone, the app's user what lies beside
 * it, and nobody else anything. It is enough to close what lies on top: all inside is readable. The
 * files are root's own, so nothing can be swapped meanwhile.
 *
 * @param web group of Nginx's workers; null when it is not known, and then everybody may read the
 *     site, as everybody may in a browser
 */
record SiteAccess(
        Path release, Path documentRoot, @Nullable HostUser runtime, @Nullable String web) {
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    void set() throws IOException {
        Path folder = release;
        for (Path name : release.relativize(documentRoot)) {
            if (name.toString().isEmpty()) {
                break;
            }
            Path next = folder.resolve(name);
            Releases.mode(folder, "rwx--x--x");
            closeBeside(folder, next);
            folder = next;
        }
        Releases.mode(folder, web == null ? "rwxr-xr-x" : "rwxr-x---");
        if (web != null) {
            group(folder, web);
        }
    }

    private void closeBeside(Path folder, Path open) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.equals(open) && !Files.isSymbolicLink(entry)) {
                    var mode = Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS);
                    mode.removeAll(OF_OTHERS);
                    Files.setPosixFilePermissions(entry, mode);
                    if (runtime != null) {
                        group(entry, runtime.name());
                    }
                }
            }
        }
    }

    static void group(Path path, String name) throws IOException {
        var group =
                path.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByGroupName(name);
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setGroup(group);
    }
}
