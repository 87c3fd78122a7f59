package dev.escale.cli;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The one file that remembers a {@link Login}, readable by its owner alone. */
public final class Logins {
    private static final Jsonb JSON = Jsonb.builder().build();

    private final Path folder;

    Logins(Path folder) {
        this.folder = folder;
    }

    /** {@code ESCALE_CONFIG}, or {@code $XDG_CONFIG_HOME/escale}, or {@code ~/.config/escale}. */
    static Logins ofThisUser() {
        String own = System.getenv("ESCALE_CONFIG");
        if (own != null) {
            return new Logins(Path.of(own));
        }
        String base = System.getenv("XDG_CONFIG_HOME");
        Path config = base == null ? home().resolve(".config") : Path.of(base);
        return new Logins(config.resolve("escale"));
    }

    /** {@code HOME} as git and shells read it; Java alone would ask the list of users. */
    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }

    /**
     * {@code ESCALE_URL} with {@code ESCALE_TOKEN} (and {@code ESCALE_CA}) win over the file;
     * {@code ESCALE_TOKEN} alone is another token for the control plane in the file.
     *
     * @throws Refusal when nobody is signed in
     */
    Login current() {
        String url = System.getenv("ESCALE_URL");
        String token = System.getenv("ESCALE_TOKEN");
        if (url != null && token != null) {
            return new Login(url.replaceAll("/+$", ""), token, System.getenv("ESCALE_CA"));
        }
        Login login = stored().orElseThrow(() -> new Refusal(Words.say("login.none")));
        return token == null ? login : new Login(login.url(), token, login.authority());
    }

    Optional<Login> stored() {
        try {
            return Optional.of(JSON.type(Login.class).fromJson(Files.readString(file())));
        } catch (java.nio.file.NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            throw new Refusal(Words.say("login.unreadable", file()), unreadable);
        }
    }

    void store(Login login) {
        try {
            Files.createDirectories(folder);
            Path fresh =
                    Files.createTempFile(
                            folder,
                            "login",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, JSON.type(Login.class).toJson(login));
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean forget() {
        try {
            return Files.deleteIfExists(file());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Keeps the root certificate of a control plane beside the login; each has a file of its own.
     */
    Path storeAuthority(String pem, String fingerprint) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("authority-" + fingerprint.substring(0, 16) + ".pem");
            Files.writeString(file, pem);
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file() {
        return folder.resolve("login.json");
    }
}
