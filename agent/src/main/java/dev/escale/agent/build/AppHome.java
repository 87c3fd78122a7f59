package dev.escale.agent.build;

import dev.escale.agent.host.FolderTree;
import dev.escale.agent.host.HostUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The home of an app's build user, which no other user can enter: package managers keep their
 * caches here.
 */
record AppHome(Path folder) {
    static AppHome of(Path appRoot, @Nullable HostUser user) throws IOException {
        Path folder = appRoot.toAbsolutePath().resolve("cache");
        make(folder, user);
        Path temporary = folder.resolve("tmp");
        FolderTree.delete(temporary);
        make(temporary, user);
        return new AppHome(folder);
    }

    /** Where a package manager is, once it is installed. */
    Path tool(String name) {
        return folder.resolve("tools").resolve(name.replaceAll("[^A-Za-z0-9.@-]", "_"));
    }

    private static void make(Path folder, @Nullable HostUser user) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (user != null) {
            var accounts = folder.getFileSystem().getUserPrincipalLookupService();
            var attributes =
                    Files.getFileAttributeView(
                            folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            attributes.setGroup(accounts.lookupPrincipalByGroupName(user.name()));
            attributes.setOwner(accounts.lookupPrincipalByName(user.name()));
        }
    }
}
