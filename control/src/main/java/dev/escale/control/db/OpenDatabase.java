package dev.escale.control.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The connections. SQLite has one that writes, which takes the lock when it begins, and a few that
 * read beside it (write-ahead log). PostgreSQL has a pool for each, so that nobody who looks waits
 * for those who write.
 */
public final class OpenDatabase implements AutoCloseable {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Duration FOR_THE_START = Duration.ofMinutes(2);
    private static final int CONNECT = 5;
    private static final int READERS = 4;

    /**
     * A server that went without a word is given up, not waited for. Nothing we ask takes this
     * long.
     */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Writers of one team wait for each other, and for the disk. */
    private static final int WRITERS = 6;

    private static final int POSTGRESQL_READERS = 8;

    private final HikariDataSource reader;
    private final HikariDataSource writer;
    private final SQLDialect dialect;
    private final @Nullable DatabaseInUse inUse;

    private OpenDatabase(
            HikariDataSource reader,
            HikariDataSource writer,
            SQLDialect dialect,
            @Nullable DatabaseInUse inUse) {
        this.reader = reader;
        this.writer = writer;
        this.dialect = dialect;
        this.inUse = inUse;
    }

    /**
     * Connects, brings the tables up to date and checks the role.
     *
     * @param owner role that owns the tables of PostgreSQL
     * @throws StartRefused when it cannot be used
     */
    public static OpenDatabase open(DatabaseUrl url, DatabaseUrl.@Nullable Postgresql owner) {
        return open(url, owner, FOR_THE_START);
    }

    /**
     * @param patience with a PostgreSQL that is not there yet
     */
    static OpenDatabase open(
            DatabaseUrl url, DatabaseUrl.@Nullable Postgresql owner, Duration patience) {
        if (owner != null) {
            new DatabaseStart(owner, "ESCALE_DATABASE_MIGRATION_URL", System.err).await(patience);
        }
        if (url instanceof DatabaseUrl.Postgresql application) {
            new DatabaseStart(application, "ESCALE_DATABASE_URL", System.err).await(patience);
        }
        OpenDatabase opened = connect(url);
        try {
            if (url instanceof DatabaseUrl.Sqlite file) {
                MovedAway.refuse(opened, file);
            }
            Migrations.run(url, owner, opened.writer);
            RoleCheck.run(opened.database());
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Connects, and no more. */
    static OpenDatabase connect(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite sqlite -> sqlite(sqlite.file());
            case DatabaseUrl.Postgresql postgresql -> postgresql(postgresql);
        };
    }

    public Database database() {
        return new Database(context(reader), context(writer), this::forgetConnections);
    }

    public TeamLookup lookup() {
        return new TeamLookup(database());
    }

    /** A connection beside the pools, to learn why they have none. */
    Connection another() throws SQLException {
        return writer.getDataSource().getConnection();
    }

    /** Those that lead to a server which may not be written to any more. */
    void forgetConnections() {
        writer.getHikariPoolMXBean().softEvictConnections();
        reader.getHikariPoolMXBean().softEvictConnections();
    }

    boolean isPostgresql() {
        return dialect == SQLDialect.POSTGRES;
    }

    DataSource writer() {
        return writer;
    }

    /** For libraries that bring their own SQL: reads and writes by {@link ReadOrWrite}. */
    ReadOrWrite readOrWrite() {
        return new ReadOrWrite(reader, writer);
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        if (inUse != null) {
            inUse.close();
        }
    }

    private DSLContext context(DataSource pool) {
        return DSL.using(pool, dialect, settings());
    }

    static Settings settings() {
        return new Settings().withRenderSchema(false).withExecuteLogging(false);
    }

    private static OpenDatabase sqlite(Path file) {
        DatabaseFile.make(file);
        DatabaseInUse inUse = DatabaseInUse.together(file);
        try {
            HikariDataSource writer =
                    pool("write", sqlite(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1, BUSY);
            HikariDataSource reader =
                    pool(
                            "read",
                            sqlite(file, SQLiteConfig.TransactionMode.DEFERRED),
                            READERS,
                            BUSY);
            return new OpenDatabase(reader, writer, SQLDialect.SQLITE, inUse);
        } catch (RuntimeException failure) {
            inUse.close();
            throw failure;
        }
    }

    private static DataSource sqlite(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) BUSY.toMillis());
        config.setTransactionMode(mode);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static OpenDatabase postgresql(DatabaseUrl.Postgresql url) {
        var source = source(url);
        source.setSocketTimeout((int) SILENCE.toSeconds());
        HikariDataSource writer = pool("write", source, WRITERS, BUSY.dividedBy(2));
        HikariDataSource reader = pool("read", source, POSTGRESQL_READERS, BUSY.dividedBy(2));
        return new OpenDatabase(reader, writer, SQLDialect.POSTGRES, null);
    }

    /** As the writer has it. */
    static DataSource source(DatabaseUrl.Sqlite url) {
        return sqlite(url.file(), SQLiteConfig.TransactionMode.IMMEDIATE);
    }

    static PGSimpleDataSource source(DatabaseUrl.Postgresql url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbc());
        source.setApplicationName("escale");
        source.setConnectTimeout(CONNECT);
        source.setLoginTimeout(2 * CONNECT);
        source.setTcpKeepAlive(true);
        source.setUser(url.user());
        source.setPassword(url.password().value());
        return source;
    }

    private static HikariDataSource pool(
            String name, DataSource source, int size, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException failure) {
            throw new StartRefused(
                    "The database cannot be opened: %s. Look at ESCALE_DATABASE_URL."
                            .formatted(failure.getMessage()),
                    failure);
        }
    }
}
