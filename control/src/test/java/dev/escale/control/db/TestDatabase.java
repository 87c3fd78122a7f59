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
        int port = server().getPort();
        String name = "test" + NUMBER.incrementAndGet();
        String owner = name + "_owner";
        String application = name + "_app";
        execute("create role " + owner + " login password 'o'");
        execute("create role " + application + " login password 'a'");
        execute("create database " + name + " owner " + owner);
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

    private static void execute(String sql) {
        try (Connection connection = server().getPostgresDatabase().getConnection();
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

    /** With the rights of who owns the tables of PostgreSQL. */
    public OpenDatabase connectAsOwner() {
        return OpenDatabase.connect(java.util.Objects.requireNonNull(owner));
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
