package dev.escale.control.db;

import dev.escale.control.ControlConfig;
import dev.escale.control.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the database and hands it out. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    OpenDatabase openDatabase(ControlConfig config) {
        OpenDatabase opened = OpenDatabase.open(config.database(), config.migrationDatabase());
        try {
            refuseBesideSqlite(opened, config.home().resolve("escale.db"));
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Who sets up PostgreSQL for an installation that is there wants it moved, not another. */
    private static void refuseBesideSqlite(OpenDatabase opened, Path file) {
        if (opened.isPostgresql() && Files.exists(file) && opened.lookup().all().isEmpty()) {
            throw new StartRefused(
                    ("The PostgreSQL database is empty, but %s has an installation: move it with"
                                    + " --move-from-sqlite, or put that file elsewhere to begin"
                                    + " anew.")
                            .formatted(file));
        }
    }

    @Bean
    Database database(OpenDatabase opened) {
        return opened.database();
    }

    @Bean
    DatabaseHealth databaseHealth(OpenDatabase opened, Database database, Clock clock) {
        return new DatabaseHealth(opened, database, clock);
    }

    /** For libraries that bring their own SQL: Spring Session. */
    @Bean
    DataSource dataSource(OpenDatabase opened) {
        return opened.readOrWrite();
    }

    @Bean
    TeamLookup teamLookup(Database database) {
        return new TeamLookup(database);
    }
}
