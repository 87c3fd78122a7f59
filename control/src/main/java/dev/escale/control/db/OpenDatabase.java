package dev.escale.control.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The connections. SQLite has one that writes, which takes the lock when it begins, and a few that
 * read beside it (write-ahead log); PostgreSQL has one pool for both.
 */
public final class OpenDatabase implements AutoCloseable {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final int READERS = 4;
    private static final int POSTGRESQL = 10;

    private final HikariDataSource reader;
    private final HikariDataSource writer;
    private final SQLDialect dialect;

    private OpenDatabase(HikariDataSource reader, HikariDataSource writer, SQLDialect dialect) {
        this.reader = reader;
        this.writer = writer;
        this.dialect = dialect;
    }

    /**
     * Connects, brings the tables up to date and checks the role.
     *
     * @param owner role that owns the tables of PostgreSQL
     * @throws StartRefused when it cannot be used
     */
    public static OpenDatabase open(DatabaseUrl url, DatabaseUrl.@Nullable Postgresql owner) {
        OpenDatabase opened = connect(url);
        try {
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
        return new Database(context(reader), context(writer));
    }

    public TeamLookup lookup() {
        return new TeamLookup(database());
    }

    /** For libraries that bring their own SQL. */
    DataSource writer() {
        return writer;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private DSLContext context(DataSource pool) {
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        return DSL.using(pool, dialect, settings);
    }

    private static OpenDatabase sqlite(Path file) {
        DatabaseFile.make(file);
        HikariDataSource writer =
                pool("write", sqlite(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1);
        HikariDataSource reader =
                pool("read", sqlite(file, SQLiteConfig.TransactionMode.DEFERRED), READERS);
        return new OpenDatabase(reader, writer, SQLDialect.SQLITE);
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
        HikariDataSource pool = pool("postgresql", source(url), POSTGRESQL);
        return new OpenDatabase(pool, pool, SQLDialect.POSTGRES);
    }

    static DataSource source(DatabaseUrl.Postgresql url) {
        var source = new org.postgresql.ds.PGSimpleDataSource();
        source.setUrl(url.jdbc());
        source.setUser(url.user());
        source.setPassword(url.password().value());
        return source;
    }

    private static HikariDataSource pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY.toMillis());
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
