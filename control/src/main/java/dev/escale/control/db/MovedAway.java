package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a move leaves in the file of SQLite. Somebody who started on it as well would give every
 * server its orders twice, so nobody does until it is taken back on purpose.
 *
 * @param place of the PostgreSQL that has gone on since: host, port and name
 */
public record MovedAway(String place, Instant at) {
    private static final String TABLE = "moved_away";

    /** What the operator adds to the command of the control plane. */
    public static final String BACK = "--return-to-sqlite";

    static String place(DatabaseUrl.Postgresql url) {
        return "%s:%d/%s".formatted(url.host(), url.port(), url.name());
    }

    /** Empty, too, for a file from before there were moves. */
    static Optional<MovedAway> of(Connection sqlite) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            if (!hasRow(
                    statement, "select 1 from sqlite_master where name = '%s'".formatted(TABLE))) {
                return Optional.empty();
            }
            try (ResultSet rows = statement.executeQuery("select place, at from " + TABLE)) {
                return rows.next()
                        ? Optional.of(
                                new MovedAway(rows.getString(1), Micros.instant(rows.getLong(2))))
                        : Optional.empty();
            }
        }
    }

    /** By a connection of its own, which has written it to the disk when this returns. */
    void writeTo(DatabaseUrl.Sqlite file) throws SQLException {
        try (Connection sqlite = OpenDatabase.source(file).getConnection();
                PreparedStatement insert =
                        sqlite.prepareStatement(
                                "insert into "
                                        + TABLE
                                        + " (place, at) values (?, ?)"
                                        + " on conflict (place) do update set at = excluded.at")) {
            insert.setString(1, place);
            insert.setLong(2, Micros.of(at));
            insert.executeUpdate();
        }
    }

    /**
     * Lets the file be started on again.
     *
     * @param before told the database while the mark is still there
     * @throws StartRefused when there is none, or somebody has the file open
     */
    public static MovedAway takeBack(DatabaseUrl.Sqlite file, Consumer<OpenDatabase> before) {
        try (OpenDatabase opened = OpenDatabase.connect(file)) {
            Migrations.run(file, null, opened.writer());
            MovedAway moved =
                    read(opened, file)
                            .orElseThrow(
                                    () ->
                                            new StartRefused(
                                                    "%s was not moved anywhere; start the control plane."
                                                            .formatted(file.file())));
            before.accept(opened);
            opened.database().system(tx -> tx.execute("delete from " + TABLE));
            return moved;
        }
    }

    /**
     * @throws StartRefused when it is there
     */
    static void refuse(OpenDatabase opened, DatabaseUrl.Sqlite file) {
        read(opened, file)
                .ifPresent(
                        moved -> {
                            throw moved.refused(file);
                        });
    }

    private static Optional<MovedAway> read(OpenDatabase opened, DatabaseUrl.Sqlite file) {
        try (Connection sqlite = opened.writer().getConnection()) {
            return of(sqlite);
        } catch (SQLException failure) {
            throw new StartRefused(
                    "The database %s cannot be read: %s."
                            .formatted(file.file(), failure.getMessage()),
                    failure);
        }
    }

    StartRefused refused(DatabaseUrl.Sqlite file) {
        return new StartRefused(
                ("%s was moved to PostgreSQL at %s on %s; started here as well, Escale would give"
                                + " every server its orders twice. Set ESCALE_DATABASE_URL and"
                                + " ESCALE_DATABASE_MIGRATION_URL to that PostgreSQL. To go back to"
                                + " the file as it was then, stop what runs on PostgreSQL for good,"
                                + " and run the control plane with %s once.")
                        .formatted(file.file(), place, at, BACK));
    }

    private static boolean hasRow(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
