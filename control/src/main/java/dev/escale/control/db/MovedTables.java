package dev.escale.control.db;

import dev.escale.control.StartRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which tables are moved, in which order: those that others refer to come first. */
final class MovedTables {
    /** What each side has for itself. */
    private static final Set<String> OWN = Set.of("flyway_schema_history", "moved_away");

    private MovedTables() {}

    /**
     * @throws StartRefused when the two sides do not have the same tables with the same columns
     */
    static List<MovedTable> common(Connection sqlite, Connection postgresql) throws SQLException {
        Map<String, MovedTable> tables = new TreeMap<>();
        for (String name :
                names(
                        postgresql,
                        "select table_name from information_schema.tables where table_schema ="
                                + " current_schema() and table_type = 'BASE TABLE'")) {
            tables.put(name, table(postgresql, name));
        }
        refuseOtherVersion(sqlite, tables);
        return ordered(sqlite, tables);
    }

    private static void refuseOtherVersion(Connection sqlite, Map<String, MovedTable> tables)
            throws SQLException {
        Set<String> theirs =
                names(
                        sqlite,
                        "select name from sqlite_master where type = 'table'"
                                + " and name not like 'sqlite\\_%' escape '\\'");
        boolean same = theirs.equals(tables.keySet());
        for (MovedTable table : tables.values()) {
            Set<String> columns = new TreeSet<>();
            table.columns().forEach(column -> columns.add(column.name()));
            same &= columns.equals(columns(sqlite, table.name()));
        }
        if (!same) {
            throw new StartRefused(
                    "The SQLite database is not of this version of Escale; start the control plane"
                            + " on it once, stop it, and move it then.");
        }
    }

    private static Set<String> names(Connection connection, String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        names.removeAll(OWN);
        return names;
    }

    private static Set<String> columns(Connection sqlite, String table) throws SQLException {
        return names(
                sqlite, "select name from pragma_table_info('" + table.replace("'", "''") + "')");
    }

    private static MovedTable table(Connection postgresql, String name) throws SQLException {
        List<MovedTable.Column> columns = new ArrayList<>();
        try (PreparedStatement question =
                postgresql.prepareStatement(
                        "select column_name, data_type from information_schema.columns where"
                                + " table_schema = current_schema() and table_name = ?"
                                + " order by ordinal_position")) {
            question.setString(1, name);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    columns.add(new MovedTable.Column(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return new MovedTable(name, List.copyOf(columns), key(postgresql, name));
    }

    private static List<String> key(Connection postgresql, String name) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows =
                postgresql.getMetaData().getPrimaryKeys(null, postgresql.getSchema(), name)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        if (key.isEmpty()) {
            throw new IllegalStateException("the table " + name + " has no primary key");
        }
        return List.copyOf(key.values());
    }

    private static List<MovedTable> ordered(Connection sqlite, Map<String, MovedTable> tables)
            throws SQLException {
        List<MovedTable> ordered = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        while (ordered.size() < tables.size()) {
            int before = ordered.size();
            for (MovedTable table : tables.values()) {
                Set<String> needed = parents(sqlite, table.name());
                needed.remove(table.name());
                if (!placed.contains(table.name()) && placed.containsAll(needed)) {
                    placed.add(table.name());
                    ordered.add(table);
                }
            }
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
        }
        return ordered;
    }

    private static Set<String> parents(Connection sqlite, String table) throws SQLException {
        return names(
                sqlite,
                "select \"table\" from pragma_foreign_key_list('"
                        + table.replace("'", "''")
                        + "')");
    }
}
