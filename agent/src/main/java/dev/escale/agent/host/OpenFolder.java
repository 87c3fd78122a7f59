package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * A folder held open, for work among files of somebody who may swap them for links meanwhile: what
 * is below is reached from here, one name after the other, and never through a link.
 */
public final class OpenFolder implements AutoCloseable {
    private final SecureDirectoryStream<Path> folder;

    private OpenFolder(SecureDirectoryStream<Path> folder) {
        this.folder = folder;
    }

    /**
     * @param path through folders that nobody else may change
     */
    public static OpenFolder of(Path path) throws IOException {
        var stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenFolder(secure);
        }
        stream.close();
        throw new IOException("cannot hold open " + path);
    }

    /** Whether there is such a folder, and no link to one. */
    public boolean holdsFolder(Path name) throws IOException {
        try {
            return folder.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /**
     * @throws IOException also when it is a link
     */
    public OpenFolder open(Path name) throws IOException {
        return new OpenFolder(folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** Renames; of a link, the link itself. */
    public void move(Path name, OpenFolder to, Path as) throws IOException {
        folder.move(name, to.folder, as);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
