package dev.escale.control.secret;

import dev.escale.control.MasterKeyPlace;
import dev.escale.control.SecretText;
import dev.escale.control.db.Database;
import java.nio.file.Path;
import java.time.Clock;

/** Secrets and keys over a test database, with a master key in a folder of the test. */
public final class TestSecrets {
    private TestSecrets() {}

    public static Secrets over(Database database, Path folder) {
        return new Secrets(keys(database, folder));
    }

    public static KeyMaterials keys(Database database, Path folder) {
        return keys(database, new MasterKeyPlace.File(folder.resolve("master.key")));
    }

    static Secrets over(Database database, String masterKeys) {
        return new Secrets(keys(database, new MasterKeyPlace.Text(new SecretText(masterKeys))));
    }

    private static KeyMaterials keys(Database database, MasterKeyPlace place) {
        return SecretConfiguration.keyMaterials(place, database, Clock.systemUTC());
    }
}
