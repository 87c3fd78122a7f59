package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.SecretText;
import dev.escale.control.db.schema.Tables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A fresh, migrated, real database of either kind. Contract suites are {@code @ParameterizedClass}
 * with {@code @EnumSource(TestDatabase.Kind.class)} and run on both.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final DatabaseUrl url;
    private final DatabaseUrl.@Nullable Postgresql owner;
    private final OpenDatabase opened;

    private TestDatabase(DatabaseUrl url, DatabaseUrl.@Nullable Postgresql owner) {
        this.url = url;
        this.owner = owner;
        this.opened = OpenDatabase.open(url, owner);
    }

    /** What the suites run on. */
    public enum Kind {
        SQLITE,
        POSTGRESQL;

        public TestDatabase fresh() {
            return switch (this) {
                case SQLITE -> sqlite();
                case POSTGRESQL -> postgresql();
            };
        }
    }

    private static TestDatabase sqlite() {
        try {
            Path folder = Files.createTempDirectory("escale-test");
            return new TestDatabase(new DatabaseUrl.Sqlite(folder.resolve("test.db")), null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TestDatabase postgresql() {
        return on(server());
    }

    static TestDatabase on(EmbeddedPostgres server) {
        int port = server.getPort();
        String name = "test" + NUMBER.incrementAndGet();
        String owner = name + "_owner";
        String application = name + "_app";
        execute(server, "create role " + owner + " login password 'o'");
        execute(server, "create role " + application + " login password 'a'");
        execute(server, "create database " + name + " owner " + owner);
        return new TestDatabase(
                new DatabaseUrl.Postgresql(
                        "localhost", port, name, application, new SecretText("a")),
                new DatabaseUrl.Postgresql("localhost", port, name, owner, new SecretText("o")));
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder().start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return server;
    }

    static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public Database database() {
        return opened.database();
    }

    public TeamLookup lookup() {
        return new TeamLookup(opened.database());
    }

    public DatabaseUrl url() {
        return url;
    }

    public DatabaseUrl.@Nullable Postgresql owner() {
        return owner;
    }

    /** A new team. */
    public TeamId team(String slug) {
        TeamId team = new TeamId(Ids.random("tm"));
        database()
                .system(
                        tx ->
                                tx.insertInto(Tables.TEAM)
                                        .set(Tables.TEAM.ID, team.value())
                                        .set(Tables.TEAM.SLUG, slug)
                                        .set(Tables.TEAM.NAME, slug)
                                        .set(Tables.TEAM.CREATED_AT, Instant.EPOCH)
                                        .execute());
        return team;
    }

    /** Another set of connections to the same data, as after a restart. */
    public OpenDatabase reopen() {
        return OpenDatabase.open(url, owner);
    }

    /** As a superuser of PostgreSQL, whom neither row-level security nor foreign keys hold back. */
    public void withoutAnyRule(java.util.function.Consumer<org.jooq.DSLContext> work) {
        var known = (DatabaseUrl.Postgresql) url;
        try (Connection connection =
                server().getDatabase("postgres", known.name()).getConnection()) {
            var tx = org.jooq.impl.DSL.using(connection, org.jooq.SQLDialect.POSTGRES);
            tx.execute("set session_replication_role = replica");
            work.accept(tx);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** With the rights of who owns the tables of PostgreSQL. */
    public OpenDatabase connectAsOwner() {
        return OpenDatabase.connect(java.util.Objects.requireNonNull(owner));
    }

    /** As when the disk fails under that table. */
    public void refuseInserts(String table) {
        refuseInserts(table, "1 = 1");
    }

    /**
     * @param which condition on {@code new}
     */
    public void refuseInserts(String table, String which) {
        switch (url) {
            case DatabaseUrl.Sqlite sqlite ->
                    change(
                            "create trigger away before insert on %s when "
                                    + which
                                    + " begin select raise(abort, 'disk I/O error'); end",
                            table);
            case DatabaseUrl.Postgresql postgresql -> {
                change(
                        "create function away() returns trigger language plpgsql as $$ begin raise"
                                + " exception 'disk I/O error'; end; $$",
                        table);
                change(
                        "create trigger away before insert on %s for each row when ("
                                + which
                                + ") execute function away()",
                        table);
            }
        }
    }

    public void takeInsertsAgain(String table) {
        switch (url) {
            case DatabaseUrl.Sqlite sqlite -> change("drop trigger away", table);
            case DatabaseUrl.Postgresql postgresql -> change("drop function away cascade", table);
        }
    }

    private void change(String sql, String table) {
        try (Connection connection = everything();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(table));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends the connections of who owns the tables of PostgreSQL, as a crash there would. */
    public void cutOwner() {
        execute(
                server(),
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                        + java.util.Objects.requireNonNull(owner).user()
                        + "'");
    }

    /** A connection that nothing is hidden from. */
    Connection everything() throws SQLException {
        return switch (url) {
            case DatabaseUrl.Sqlite sqlite ->
                    DriverManager.getConnection("jdbc:sqlite:" + sqlite.file());
            case DatabaseUrl.Postgresql postgresql ->
                    server().getDatabase("postgres", postgresql.name()).getConnection();
        };
    }

    @Override
    public void close() {
        opened.close();
        if (url instanceof DatabaseUrl.Sqlite sqlite) {
            try {
                FileSystemUtils.deleteRecursively(sqlite.file().toAbsolutePath().getParent());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
