package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Brings the tables up to date: the common files, and those of the one database. */
final class Migrations {
    private Migrations() {}

    /**
     * @param owner role that owns the tables of PostgreSQL
     */
    static void run(
            DatabaseUrl database, DatabaseUrl.@Nullable Postgresql owner, DataSource writer) {
        switch (database) {
            case DatabaseUrl.Sqlite sqlite -> migrate(writer, "sqlite", Map.of());
            case DatabaseUrl.Postgresql application -> {
                if (owner == null) {
                    throw new StartRefused("ESCALE_DATABASE_MIGRATION_URL is missing.");
                }
                migrate(
                        OpenDatabase.source(owner),
                        "postgresql",
                        Map.of("application_role", application.user()));
            }
        }
    }

    private static void migrate(
            DataSource source, String vendor, Map<String, String> placeholders) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor)
                    .placeholders(placeholders)
                    .placeholderReplacement(!placeholders.isEmpty())
                    .executeInTransaction(true)
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new StartRefused(
                    "The database could not be brought up to date: " + failure.getMessage(),
                    failure);
        }
    }
}
