package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL for one test, which can be stopped and have its ways changed. */
public final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private EmbeddedPostgres server;
    private final TestDatabase database;

    public OwnPostgres() {
        try {
            folder = Files.createTempDirectory("escale-postgres");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server = launch(0);
        askForPasswords();
        database = TestDatabase.on(server);
    }

    public TestDatabase database() {
        return database;
    }

    public DatabaseUrl.Postgresql application() {
        return (DatabaseUrl.Postgresql) database.url();
    }

    /** What was committed stays. */
    public void stop() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** At the same port, with the same data. */
    public void start() {
        server = launch(server.getPort());
    }

    /** As superuser, in the database of the test. */
    public void change(String sql) {
        try (Connection connection =
                        server.getDatabase("postgres", application().name()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends all connections of the application. */
    public void cut() {
        change(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                        + application().user()
                        + "'");
    }

    @Override
    public void close() {
        stop();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Of all but the superuser, as a real one does. */
    private void askForPasswords() {
        try {
            Files.writeString(
                    folder.resolve("data/pg_hba.conf"),
                    "local all all trust\nhost all postgres all trust\n"
                            + "host all all all scram-sha-256\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        TestDatabase.execute(server, "select pg_reload_conf()");
    }

    private EmbeddedPostgres launch(int port) {
        try {
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(folder.resolve("data"))
                            .setCleanDataDirectory(false);
            return (port == 0 ? builder : builder.setPort(port)).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
