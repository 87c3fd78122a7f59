package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code identity}: the server's private key, which never leaves it, and the control
 * plane that is pinned. It is complete when {@code control.json} is there, which is written last.
 */
public final class Identity {
    private final Path folder;

    public Identity(Path home) {
        folder = home.resolve("identity");
    }

    /**
     * @return empty when this server has not joined
     */
    public Optional<Pinned> control() throws IOException {
        Path file = folder.resolve("control.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Codec.read(Pinned.class, Files.readString(file)));
        } catch (Codec.Malformed damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    public ServerKey key() throws IOException {
        return ServerKey.parse(Files.readString(folder.resolve("key.pem")));
    }

    /** Replaces both. A crash in between leaves a server that has not joined. */
    void store(ServerKey key, Pinned control) throws IOException {
        forget();
        write("key.pem", key.pem());
        store(control);
    }

    void store(Pinned control) throws IOException {
        write("control.json", Codec.write(Pinned.class, control));
    }

    /** From now on this server has not joined. */
    public void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("control.json"));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel file =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
    }
}
