package dev.escale.control.db;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one row, as the types of PostgreSQL have them, whichever side they come from. */
record MovedRow(MovedTable table, List<@Nullable Object> values) {

    static MovedRow of(MovedTable table, ResultSet rows) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(value(rows, i + 1, table.columns().get(i)));
        }
        return new MovedRow(table, values);
    }

    void bind(PreparedStatement insert) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            switch (value) {
                case null -> insert.setNull(i + 1, Types.NULL);
                case byte[] bytes -> insert.setBytes(i + 1, bytes);
                case Long number -> insert.setLong(i + 1, number);
                case Double number -> insert.setDouble(i + 1, number);
                case Boolean truth -> insert.setBoolean(i + 1, truth);
                default -> insert.setString(i + 1, value.toString());
            }
        }
    }

    /** SHA-256 over every value with its kind and length. */
    byte[] hash() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (Object value : values) {
                write(value, out);
            }
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    /** What its row is called by, for people. */
    String name() {
        var parts = new ArrayList<String>();
        for (String key : table.key()) {
            for (int i = 0; i < values.size(); i++) {
                if (table.columns().get(i).name().equals(key)) {
                    parts.add(String.valueOf(values.get(i)));
                }
            }
        }
        return table.name() + " " + String.join(", ", parts);
    }

    private static @Nullable Object value(ResultSet rows, int at, MovedTable.Column column)
            throws SQLException {
        if (rows.getObject(at) == null) {
            return null;
        }
        return switch (column.type()) {
            case "bigint", "integer", "smallint" -> rows.getLong(at);
            case "double precision" -> rows.getDouble(at);
            case "boolean" -> rows.getBoolean(at);
            case "bytea" -> rows.getBytes(at);
            default -> {
                if (!column.isText()) {
                    throw new IllegalStateException(
                            "columns of type " + column.type() + " cannot be moved yet");
                }
                yield rows.getString(at);
            }
        };
    }

    private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case null -> out.writeByte(0);
            case byte[] bytes -> write(1, bytes, out);
            case Long number -> {
                out.writeByte(2);
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte(3);
                out.writeDouble(number);
            }
            case Boolean truth -> out.writeByte(truth ? 5 : 4);
            default -> write(6, value.toString().getBytes(StandardCharsets.UTF_8), out);
        }
    }

    private static void write(int kind, byte[] bytes, DataOutputStream out) throws IOException {
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
