package dev.escale.control.source;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.escale.control.app.App;
import dev.escale.control.db.Ids;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repositories as folders {@code <app id>.git} on this machine. */
final class RepositoryFolder implements Repositories {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryFolder.class);
    private static final String REMOVED = ".removed";
    private static final String FIRST_BRANCH = "refs/heads/main";

    private final Path folder;

    RepositoryFolder(Path folder) {
        this.folder = folder;
        OwnGitSettings.use(folder);
        try {
            sweep();
        } catch (IOException failure) {
            LOG.warn("code of removed apps is still in {}", folder, failure);
        }
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
            Files.move(path, folder.resolve(Ids.random("app") + REMOVED), ATOMIC_MOVE);
        }
        sweep();
    }

    /**
     * Deletes what was removed. A push that is still being received may put files into it: then the
     * rest goes the next time.
     */
    private void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var removed = Files.newDirectoryStream(folder, "*" + REMOVED)) {
            for (Path each : removed) {
                Files.walkFileTree(each, new Deletion());
            }
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
