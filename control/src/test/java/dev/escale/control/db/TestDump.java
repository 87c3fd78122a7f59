package dev.escale.control.db;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every column of every row of every table, whoever made the table, as one who stole it has it. */
public final class TestDump {
    private TestDump() {}

    /**
     * @param row counted in its table
     * @param bytes texts in UTF-8, numbers as they are printed
     */
    public record Cell(String table, long row, String column, byte[] bytes) {
        @Override
        public String toString() {
            return table + "." + column;
        }
    }

    public static List<Cell> of(TestDatabase database) {
        try (Connection connection = database.everything()) {
            return of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * @param file of SQLite
     */
    public static List<Cell> of(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Cell> of(Connection connection) throws SQLException {
        List<Cell> cells = new ArrayList<>();
        for (String table : tables(connection)) {
            dump(connection, table, cells);
        }
        return cells;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static void dump(Connection connection, String table, List<Cell> cells)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            var columns = rows.getMetaData();
            for (long row = 0; rows.next(); row++) {
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    if (value != null) {
                        cells.add(new Cell(table, row, columns.getColumnName(i), bytes(value)));
                    }
                }
            }
        }
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] raw
                ? raw
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
