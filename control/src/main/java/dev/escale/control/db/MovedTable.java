package dev.escale.control.db;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table on its way from SQLite to PostgreSQL.
 *
 * @param columns in the order in which they are read and written on both sides
 * @param key names of the columns that its rows are ordered by
 */
record MovedTable(String name, List<Column> columns, List<String> key) {

    /**
     * @param type as PostgreSQL calls it
     */
    record Column(String name, String type) {
        boolean isText() {
            return type.startsWith("character") || type.equals("text");
        }
    }

    /** Ordered by bytes, as SQLite does by itself. */
    String select(boolean postgresql) {
        return "select "
                + names()
                + " from "
                + quoted(name)
                + " order by "
                + key.stream()
                        .map(each -> quoted(each) + (postgresql ? collation(each) : ""))
                        .collect(Collectors.joining(", "));
    }

    String insert() {
        return "insert into "
                + quoted(name)
                + " ("
                + names()
                + ") values ("
                + columns.stream().map(each -> "?").collect(Collectors.joining(", "))
                + ")";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String names() {
        return columns.stream().map(each -> quoted(each.name())).collect(Collectors.joining(", "));
    }

    private String collation(String column) {
        return columns.stream().anyMatch(each -> each.name().equals(column) && each.isText())
                ? " collate \"C\""
                : "";
    }
}
