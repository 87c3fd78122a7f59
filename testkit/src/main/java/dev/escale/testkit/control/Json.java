package dev.escale.testkit.control;

import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON document as a test reads it: by names, with a clear error when one is missing. */
public record Json(@Nullable Object value) {
    private static final Jsonb JSONB = Jsonb.builder().build();

    public static Json parse(String text) {
        return new Json(text.isBlank() ? null : JSONB.type(Object.class).fromJson(text));
    }

    public static String write(Object value) {
        return JSONB.type(Object.class).toJson(value);
    }

    /** What stands at this name, which must be there; null is there too. */
    public Json at(String name) {
        if (value instanceof Map<?, ?> map && map.containsKey(name)) {
            return new Json(map.get(name));
        }
        throw new AssertionError("no \"" + name + "\" in " + this);
    }

    public boolean has(String name) {
        return value instanceof Map<?, ?> map && map.get(name) != null;
    }

    public String text(String name) {
        return at(name).text();
    }

    public String text() {
        if (value == null) {
            throw new AssertionError("null where text was expected");
        }
        return value.toString();
    }

    public @Nullable String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    public long number(String name) {
        return at(name).value() instanceof Number number
                ? number.longValue()
                : Long.parseLong(text(name));
    }

    public double decimal(String name) {
        return at(name).value() instanceof Number number
                ? number.doubleValue()
                : Double.parseDouble(text(name));
    }

    public boolean truth(String name) {
        return Boolean.TRUE.equals(at(name).value());
    }

    public List<Json> list(String name) {
        return at(name).list();
    }

    public List<Json> list() {
        if (value instanceof List<?> list) {
            return list.stream().map(Json::new).toList();
        }
        throw new AssertionError("no list: " + this);
    }

    /** The {@code items} of a list answer. */
    public Stream<Json> items() {
        return list("items").stream();
    }

    @Override
    public String toString() {
        return value == null ? "null" : write(value);
    }
}
