package dev.escale.control.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.escale.control.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/** The key that wraps the others: a Tink keyset in a file that only its owner reads. */
final class MasterKey {
    private MasterKey() {}

    /**
     * @param needed whether the database already holds keys that it wraps
     * @throws StartRefused when it is needed and missing, or cannot be read
     */
    static Aead load(Path file, boolean needed) {
        try {
            AeadConfig.register();
            KeysetHandle keys = needed || Files.exists(file) ? read(file) : make(file);
            return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (NoSuchFileException missing) {
            throw new StartRefused(
                    ("The master key %s is missing, but the database holds keys that only it opens;"
                                    + " put the file back, or name its place in"
                                    + " ESCALE_MASTER_KEY_FILE.")
                            .formatted(file),
                    missing);
        } catch (IOException | GeneralSecurityException failure) {
            throw new StartRefused(
                    "The master key %s cannot be used: %s.".formatted(file, failure.getMessage()),
                    failure);
        }
    }

    private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle make(Path file) throws IOException, GeneralSecurityException {
        KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        String text =
                TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            write(file, text);
            return keys;
        } catch (FileAlreadyExistsException otherProcess) {
            return read(file);
        }
    }

    private static void write(Path file, String text) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SYNC);
        try (var channel = Files.newByteChannel(file, options, ownerOnly)) {
            channel.write(java.nio.charset.StandardCharsets.UTF_8.encode(text));
        }
    }
}
