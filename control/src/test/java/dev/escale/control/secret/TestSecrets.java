package dev.escale.control.secret;

import dev.escale.control.db.Database;
import java.nio.file.Path;
import java.time.Clock;

/** Secrets and keys over a test database, with a master key in a folder of the test. */
public final class TestSecrets {
    private TestSecrets() {}

    public static Secrets over(Database database, Path folder) {
        return SecretConfiguration.secrets(keys(database, folder));
    }

    public static KeyMaterials keys(Database database, Path folder) {
        return SecretConfiguration.keyMaterials(
                folder.resolve("master.key"), database, Clock.systemUTC());
    }
}
