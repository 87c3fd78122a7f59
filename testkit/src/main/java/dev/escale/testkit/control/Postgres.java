package dev.escale.testkit.control;

import dev.escale.testkit.program.Leftovers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL with an empty database, its owner's role and the application's role. */
public final class Postgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Leftovers.Entry entry;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
        this.entry = Leftovers.add("PostgreSQL", this::stop);
    }

    public static Postgres start() {
        try {
            var postgres = new Postgres(EmbeddedPostgres.builder().start());
            postgres.prepare();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code ESCALE_DATABASE_URL}: neither owns tables nor bypasses row-level security. */
    public String applicationUrl() {
        return url("escale_app");
    }

    /** For {@code ESCALE_DATABASE_MIGRATION_URL}. */
    public String ownerUrl() {
        return url("escale_owner");
    }

    @Override
    public void close() {
        stop();
        entry.done();
    }

    private void stop() {
        try {
            server.close();
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
