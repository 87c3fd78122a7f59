package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Copies all rows from a file of SQLite into an empty PostgreSQL, in one transaction there: after
 * whatever goes wrong the file is as it was and PostgreSQL is empty. Before it commits, every row
 * is read again from both sides and compared, and the file is marked ({@link MovedAway}).
 *
 * <p>As the owner of the tables, who for that time is not held back by row-level security.
 */
public final class MoveToPostgresql {
    private static final int BATCH = 500;
    private static final int TOLD_EVERY = 10_000;

    private final Connection sqlite;
    private final Connection postgresql;
    private final Progress progress;

    private MoveToPostgresql(Connection sqlite, Connection postgresql, Progress progress) {
        this.sqlite = sqlite;
        this.postgresql = postgresql;
        this.progress = progress;
    }

    /** Told as it goes, on the thread that moves. */
    public interface Progress {
        void copied(String table, long rows);

        void compared(String table, long rows);

        /**
         * All rows are there and the same; what it throws leaves PostgreSQL empty.
         *
         * @param teams in the file, which nobody changes meanwhile
         */
        void beforeCommit(Database sqlite, List<TeamId> teams);
    }

    /** What was moved. */
    public record Moved(int tables, long rows) {}

    /**
     * @param target whose tables are there and up to date
     * @throws StartRefused when the file is in use or of another version; when the target is not
     *     empty; when a row cannot be copied
     */
    public static Moved run(
            DatabaseUrl.Sqlite source, DatabaseUrl.Postgresql target, Progress progress) {
        try (DatabaseInUse alone = DatabaseInUse.alone(source.file());
                Connection sqlite = open(source);
                Connection postgresql = OpenDatabase.source(target).getConnection()) {
            postgresql.setAutoCommit(false);
            long version = version(sqlite);
            refuseIfElsewhere(sqlite, source, target);
            sqlite.setAutoCommit(false);
            Moved moved = new MoveToPostgresql(sqlite, postgresql, progress).move();
            sqlite.setAutoCommit(true);
            Database file = database(sqlite);
            progress.beforeCommit(file, new TeamLookup(file).all());
            refuseIfWritten(version, version(sqlite));
            new MovedAway(MovedAway.place(target), Instant.now()).writeTo(source);
            commit(postgresql);
            return moved;
        } catch (SQLException failure) {
            throw new StartRefused(
                    ("The move stopped: %s. Nothing was moved: the SQLite database is as it was,"
                                    + " PostgreSQL is empty. Mend that, and run this again.")
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    /** Only once the file can be started on no more: a crash between the two starts nowhere. */
    private static void commit(Connection postgresql) {
        try {
            postgresql.commit();
        } catch (SQLException failure) {
            throw new StartRefused(
                    "PostgreSQL did not say whether it has the rows now (%s). Run this again."
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    private static void refuseIfElsewhere(
            Connection sqlite, DatabaseUrl.Sqlite source, DatabaseUrl.Postgresql target)
            throws SQLException {
        Optional<MovedAway> moved = MovedAway.of(sqlite);
        if (moved.isPresent() && !moved.get().place().equals(MovedAway.place(target))) {
            throw moved.get().refused(source);
        }
    }

    private static Database database(Connection sqlite) {
        DSLContext tx = DSL.using(sqlite, SQLDialect.SQLITE, OpenDatabase.settings());
        return new Database(tx, tx, () -> {});
    }

    /**
     * @throws StartRefused when it is not there, or in use: known before anything else is tried
     */
    public static void refuseUnlessFree(DatabaseUrl.Sqlite source) {
        if (!Files.isRegularFile(source.file())) {
            throw new StartRefused("There is no SQLite database at %s.".formatted(source.file()));
        }
        DatabaseInUse.alone(source.file()).close();
    }

    private static Connection open(DatabaseUrl.Sqlite source) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + source.file());
        return file.getConnection();
    }

    private Moved move() throws SQLException {
        List<MovedTable> tables = MovedTables.common(sqlite, postgresql);
        holdBack(false);
        if (areEmpty(tables)) {
            for (MovedTable table : tables) {
                copy(table);
            }
        }
        long rows = 0;
        for (MovedTable table : tables) {
            rows += compare(table);
        }
        holdBack(true);
        return new Moved(tables.size(), rows);
    }

    /** Another one when another connection has written; asked outside of a transaction. */
    private static long version(Connection sqlite) throws SQLException {
        return number(sqlite, "pragma data_version");
    }

    /** The lock keeps out what knows of it; this finds what does not. */
    private static void refuseIfWritten(long before, long after) {
        if (before != after) {
            throw new StartRefused(
                    "Somebody wrote to the SQLite database meanwhile, so nothing was moved; stop"
                            + " the control plane, and run this again.");
        }
    }

    /** Whether row-level security holds for the owner, too. */
    private void holdBack(boolean owner) throws SQLException {
        try (Statement statement = postgresql.createStatement()) {
            statement.execute(
                    """
                    do $$ declare owned record; begin
                      for owned in select c.relname from pg_class c
                        where c.relnamespace = current_schema()::regnamespace
                          and c.relkind = 'r' and c.relrowsecurity
                      loop execute format('alter table %%I %s row level security', owned.relname);
                      end loop;
                    end; $$
                    """
                            .formatted(owner ? "force" : "no force"));
        }
    }

    /**
     * What is there may be what an earlier move left that was killed at its very end: then it is
     * only compared.
     */
    private boolean areEmpty(List<MovedTable> tables) throws SQLException {
        @Nullable MovedTable filled = null;
        boolean same = true;
        for (MovedTable table : tables) {
            long rows = rows(postgresql, table);
            filled = rows > 0 ? table : filled;
            same &= rows == rows(sqlite, table);
        }
        if (filled != null && !same) {
            throw new StartRefused(
                    ("The PostgreSQL database is not empty: it has rows in %s. Give Escale an empty"
                                    + " one; nothing was changed.")
                            .formatted(filled.name()));
        }
        return filled == null;
    }

    private static long rows(Connection connection, MovedTable table) throws SQLException {
        return number(connection, "select count(*) from " + MovedTable.quoted(table.name()));
    }

    private void copy(MovedTable table) throws SQLException {
        long copied = 0;
        try (Rows from = new Rows(sqlite, table, false);
                PreparedStatement insert = postgresql.prepareStatement(table.insert())) {
            MovedRow row = from.next();
            while (row != null) {
                row.bind(insert);
                insert.addBatch();
                copied++;
                row = from.next();
                if (row == null || copied % BATCH == 0) {
                    insert.executeBatch();
                }
                if (copied % TOLD_EVERY == 0) {
                    progress.copied(table.name(), copied);
                }
            }
        } catch (SQLException failure) {
            throw new SQLException(
                    "%s: %s".formatted(table.name(), reason(failure)),
                    failure.getSQLState(),
                    failure);
        }
    }

    /** A batch says which of its rows failed, and only then why. */
    private static String reason(SQLException failure) {
        SQLException last =
                failure.getNextException() == null ? failure : failure.getNextException();
        return String.valueOf(last.getMessage());
    }

    private long compare(MovedTable table) throws SQLException {
        long same = 0;
        try (Rows there = new Rows(sqlite, table, false);
                Rows here = new Rows(postgresql, table, true)) {
            MovedRow before = there.next();
            MovedRow after = here.next();
            while (before != null && after != null && equal(before, after)) {
                same++;
                before = there.next();
                after = here.next();
            }
            if (before != null || after != null) {
                throw new StartRefused(
                        ("A row of PostgreSQL is not what it is in SQLite, so nothing was moved:"
                                        + " %s.")
                                .formatted(name(before, after)));
            }
        }
        progress.compared(table.name(), same);
        return same;
    }

    private static boolean equal(MovedRow before, MovedRow after) {
        return Arrays.equals(before.hash(), after.hash());
    }

    private static String name(@Nullable MovedRow before, @Nullable MovedRow after) {
        return before != null ? before.name() : after != null ? after.name() : "";
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Rows one after the other, however many there are. */
    private static final class Rows implements AutoCloseable {
        private final MovedTable table;
        private final Statement statement;
        private final ResultSet rows;

        Rows(Connection connection, MovedTable table, boolean postgresql) throws SQLException {
            this.table = table;
            this.statement = connection.createStatement();
            statement.setFetchSize(BATCH);
            this.rows = statement.executeQuery(table.select(postgresql));
        }

        @Nullable MovedRow next() throws SQLException {
            return rows.next() ? MovedRow.of(table, rows) : null;
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
