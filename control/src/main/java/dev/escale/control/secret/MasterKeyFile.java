package dev.escale.control.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Tink keyset in a file that only its owner reads. It appears whole or not at all, and is
 * replaced whole or not at all, whenever the power goes.
 */
final class MasterKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeyFile.class);
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    MasterKeyFile(Path file) {
        this.file = file;
    }

    Keyring read() throws IOException, GeneralSecurityException {
        return Keyring.of(
                TinkJsonProtoKeysetFormat.parseKeyset(
                        Files.readString(file), InsecureSecretKeyAccess.get()));
    }

    Keyring readOrMake() throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            make();
        }
        return read();
    }

    /** Keeps owner and mode of what was there; a link stays one. */
    void replace(Keyring keys) throws IOException {
        Path real = file.toRealPath();
        Path fresh = write(real, keys);
        try {
            if (!Files.getOwner(fresh).equals(Files.getOwner(real))) {
                Files.setOwner(fresh, Files.getOwner(real));
            }
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
            Files.move(
                    fresh,
                    real,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            keep(folder(real));
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    void warnIfOthersReadIt() {
        try {
            Set<PosixFilePermission> others =
                    EnumSet.copyOf(Files.getPosixFilePermissions(file.toRealPath()));
            others.removeAll(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
            if (!others.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("mode", PosixFilePermissions.toString(others))
                        .log("others than its owner can reach the master key; chmod 600 it");
            }
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", failure.getMessage())
                    .log("it cannot be told who can read the master key");
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        Files.createDirectories(folder(file));
        Path fresh = write(file, Keyring.fresh());
        try {
            Files.createLink(file, fresh);
            keep(folder(file));
        } catch (FileAlreadyExistsException otherProcess) {
            // its key is as good, and the only one from now on
        } finally {
            Files.delete(fresh);
        }
    }

    private static Path write(Path beside, Keyring keys) throws IOException {
        Path fresh =
                Files.createTempFile(
                        folder(beside),
                        ".master",
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER));
        String text;
        try {
            text =
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            keys.keys(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException failure) {
            throw new IOException("the keyset cannot be written as text", failure);
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
        return fresh;
    }

    /** The name in its folder is on the disk, too. */
    private static void keep(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        return java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
