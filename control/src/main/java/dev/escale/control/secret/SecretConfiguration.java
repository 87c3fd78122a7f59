package dev.escale.control.secret;

import static dev.escale.control.db.schema.Tables.KEY_MATERIAL;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.escale.control.ControlConfig;
import dev.escale.control.db.Database;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads the master key and opens the keys that it wraps. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    private static final String PURPOSE = "secrets";

    /** Microseconds are what the database keeps. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Bean
    KeyMaterials keyMaterials(ControlConfig config, Database database, Clock clock) {
        return keyMaterials(config.masterKeyFile(), database, clock);
    }

    static KeyMaterials keyMaterials(Path masterKey, Database database, Clock clock) {
        boolean needed = database.systemRead(tx -> tx.fetchExists(KEY_MATERIAL));
        return new KeyMaterials(database, MasterKey.load(masterKey, needed), clock);
    }

    @Bean
    static Secrets secrets(KeyMaterials keys) {
        try {
            AeadConfig.register();
            WrappedKey stored = keys.newestOrMake(PURPOSE, SecretConfiguration::makeKeyset);
            KeysetHandle handle =
                    TinkProtoKeysetFormat.parseKeyset(
                            stored.privatePart(), InsecureSecretKeyAccess.get());
            return new Secrets(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The keyset for secrets cannot be used", failure);
        }
    }

    private static KeyMaterials.Fresh makeKeyset() {
        try {
            KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            byte[] keyset =
                    TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
            return new KeyMaterials.Fresh("AES-256-GCM keyset", keyset, null);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A keyset cannot be made", failure);
        }
    }
}
