package dev.escale.control.secret;

import static dev.escale.control.db.schema.Tables.KEY_MATERIAL;

import dev.escale.control.ControlConfig;
import dev.escale.control.MasterKeyPlace;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads the master key and opens the keys that it wraps. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    /** Microseconds are what the database keeps. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Bean
    KeyMaterials keyMaterials(ControlConfig config, Database database, Clock clock) {
        return keyMaterials(config.masterKey(), database, clock);
    }

    static KeyMaterials keyMaterials(MasterKeyPlace masterKey, Database database, Clock clock) {
        boolean needed = database.systemRead(tx -> tx.fetchExists(KEY_MATERIAL));
        return new KeyMaterials(database, MasterKey.load(masterKey, needed), clock);
    }

    @Bean
    Secrets secrets(KeyMaterials keys) {
        return new Secrets(keys);
    }

    @Bean
    KeyRotation keyRotation(
            KeyMaterials keys, Secrets secrets, Database database, TeamLookup teams) {
        return new KeyRotation(keys, secrets, new Resealing(database, teams, secrets));
    }
}
