package dev.escale.control.source;

import dev.escale.control.app.App;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Repositories as folders {@code <app id>.git} on this machine. */
final class RepositoryFolder implements Repositories {
    private static final String FIRST_BRANCH = "refs/heads/main";

    private final Path folder;

    RepositoryFolder(Path folder) {
        this.folder = folder;
        OwnGitSettings.use(folder);
    }

    @Override
    public Repository open(App app) throws IOException {
        Path path = path(app);
        Repository repository =
                new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        if (!Files.exists(path.resolve(Constants.HEAD))) {
            make(repository);
        }
        return repository;
    }

    @Override
    public void remove(App app) throws IOException {
        Path path = path(app);
        if (Files.exists(path)) {
            Files.walkFileTree(path, new Deletion());
        }
    }

    private synchronized void make(Repository repository) throws IOException {
        if (!repository.getDirectory().toPath().resolve(Constants.HEAD).toFile().exists()) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            repository.create(true);
            repository.updateRef(Constants.HEAD).link(FIRST_BRANCH);
        }
    }

    private Path path(App app) {
        return folder.resolve(app.id().value() + ".git");
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
