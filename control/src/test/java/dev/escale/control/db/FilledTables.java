package dev.escale.control.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows for every table that a database of SQLite has, made up from its columns: one that is full to
 * the brim, and one that is empty where it may be.
 */
public final class FilledTables {
    private static final Set<String> OWN = Set.of("flyway_schema_history", "moved_away");
    private static final Pattern SIZE = Pattern.compile("\\((\\d+)\\)");
    private static final String TEXT = "é — \"quoted\" ' \\ \t\n 漢 😀 ";

    private final Connection connection;
    private final Map<String, Map<String, Object>> full = new HashMap<>();
    private final Map<String, Map<String, Object>> sparse = new HashMap<>();

    private FilledTables(Connection connection) {
        this.connection = connection;
    }

    private record Column(
            String name, String type, boolean needed, @Nullable String parent, String key) {}

    /**
     * @return the tables
     */
    public static Set<String> in(TestDatabase sqlite) {
        try (Connection connection = sqlite.everything()) {
            var filled = new FilledTables(connection);
            Set<String> tables =
                    new TreeSet<>(
                            filled.texts(
                                    "select name from sqlite_master where type = 'table'"
                                            + " and name not like 'sqlite%'"));
            tables.removeAll(OWN);
            for (String table : tables) {
                filled.fill(table);
            }
            return tables;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void fill(String table) throws SQLException {
        if (!full.containsKey(table)) {
            List<Column> columns = columns(table);
            for (Column column : columns) {
                if (column.parent() != null && !column.parent().equals(table)) {
                    fill(column.parent());
                }
            }
            full.put(table, row(table, columns, full, true));
            sparse.put(table, row(table, columns, sparse, false));
        }
    }

    private Map<String, Object> row(
            String table,
            List<Column> columns,
            Map<String, Map<String, Object>> parents,
            boolean brim)
            throws SQLException {
        Map<String, Object> values = new HashMap<>();
        for (Column column : columns) {
            if (brim || column.needed()) {
                Map<String, Object> parent =
                        column.parent() == null ? null : parents.get(column.parent());
                values.put(
                        column.name(),
                        parent == null ? value(column.type(), brim) : parent.get(column.key()));
            }
        }
        insert(table, values);
        return values;
    }

    private static Object value(String type, boolean brim) {
        String kind = type.toLowerCase(java.util.Locale.ROOT);
        if (kind.startsWith("bigint")) {
            return brim ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (kind.startsWith("int")) {
            return brim ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        if (kind.startsWith("bool")) {
            return brim;
        }
        if (kind.startsWith("double")) {
            return brim ? 0.1 + 0.2 : -Double.MIN_VALUE;
        }
        if (kind.startsWith("bytea")) {
            return bytes(brim);
        }
        Matcher size = SIZE.matcher(kind);
        int length = size.find() ? Integer.parseInt(size.group(1)) : 70_000;
        return text(brim, kind.startsWith("char(") || brim ? length : 1);
    }

    private static byte[] bytes(boolean brim) {
        byte[] bytes = new byte[brim ? 70_000 : 0];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    /** As many characters, as both databases count them. */
    private static String text(boolean brim, int length) {
        int[] pattern = (brim ? TEXT : "s").codePoints().toArray();
        int[] points = new int[length];
        for (int i = 0; i < length; i++) {
            points[i] = pattern[i % pattern.length];
        }
        points[length - 1] = brim ? '.' : 's';
        return new String(points, 0, length);
    }

    private void insert(String table, Map<String, Object> values) throws SQLException {
        List<String> names = new ArrayList<>(values.keySet());
        String sql =
                "insert into "
                        + table
                        + " ("
                        + String.join(", ", names)
                        + ") values ("
                        + String.join(", ", java.util.Collections.nCopies(names.size(), "?"))
                        + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.size(); i++) {
                insert.setObject(i + 1, values.get(names.get(i)));
            }
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new SQLException(table, failure);
        }
    }

    private List<Column> columns(String table) throws SQLException {
        Map<String, String[]> parents = new HashMap<>();
        try (ResultSet rows =
                rows("select \"from\", \"table\", \"to\" from pragma_foreign_key_list(?)", table)) {
            while (rows.next()) {
                parents.put(rows.getString(1), new String[] {rows.getString(2), rows.getString(3)});
            }
        }
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows =
                rows("select name, type, \"notnull\", pk from pragma_table_info(?)", table)) {
            while (rows.next()) {
                String[] parent = parents.getOrDefault(rows.getString(1), new String[2]);
                columns.add(
                        new Column(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getBoolean(3) || rows.getInt(4) > 0,
                                parent[0],
                                String.valueOf(parent[1])));
            }
        }
        return columns;
    }

    private ResultSet rows(String query, String table) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        statement.closeOnCompletion();
        statement.setString(1, table);
        return statement.executeQuery();
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
