package dev.escale.agent.link;

import dev.escale.agent.host.AtomicFile;
import dev.escale.protocol.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

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

    /**
     * Notes for the installer and for people how the link is: {@code connected}, {@code lost …} or
     * {@code refused …}.
     */
    void mark(String state) {
        try {
            Files.writeString(folder.resolve("state"), state + "\n");
        } catch (IOException failure) {
            System.getLogger(Identity.class.getName())
                    .log(System.Logger.Level.WARNING, "no state noted: {0}", failure.getMessage());
        }
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        AtomicFile.write(folder.resolve(name), text, "rw-------");
    }
}
