package dev.escale.testkit.control;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.program.Leftovers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL with an empty database, its owner's role and the application's role. */
public final class Postgres implements AutoCloseable {
    private final Workplace workplace;
    private final Leftovers.Entry entry;
    private EmbeddedPostgres server;

    private Postgres(Workplace workplace) {
        this.workplace = workplace;
        this.server = launch(workplace, 0);
        this.entry = Leftovers.add("PostgreSQL", this::stopServer);
    }

    public static Postgres start() {
        var postgres = new Postgres(Workplace.fresh());
        postgres.prepare();
        return postgres;
    }

    /** Cuts its connections and ends; what was committed stays. */
    public void stopServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #stopServer}, on the same port and data. */
    public void startServer() {
        server = launch(workplace, server.getPort());
    }

    /** For {@code ESCALE_DATABASE_URL}: neither owns tables nor bypasses row-level security. */
    public String applicationUrl() {
        return url("escale_app");
    }

    /** For {@code ESCALE_DATABASE_MIGRATION_URL}. */
    public String ownerUrl() {
        return url("escale_owner");
    }

    /** Changes rows behind the control plane's back, whoever they belong to. */
    public void change(String sql) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param sql a select of one number
     */
    public long count(String sql) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection superuser() throws SQLException {
        return server.getDatabase("postgres", "escale").getConnection();
    }

    @Override
    public void close() {
        stopServer();
        entry.done();
        workplace.close();
    }

    /**
     * @param port 0 for a free one
     */
    private static EmbeddedPostgres launch(Workplace workplace, int port) {
        try {
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(workplace.folder().resolve("data"))
                            .setCleanDataDirectory(false);
            return (port == 0 ? builder : builder.setPort(port)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role escale_owner login password 'escale'");
            statement.execute("create role escale_app login password 'escale'");
            statement.execute("create database escale owner escale_owner");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String user) {
        return "postgresql://" + user + ":escale@localhost:" + server.getPort() + "/escale";
    }
}
