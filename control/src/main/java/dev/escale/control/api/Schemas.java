package dev.escale.control.api;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** JSON Schemas (2020-12) of the records that REST takes and gives, by name. */
final class Schemas {
    private final Map<Class<?>, Class<? extends Record>> shown;
    private final Map<String, Map<String, Object>> named = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();

    /**
     * @param shown what is written in the place of a type
     */
    Schemas(Map<Class<?>, Class<? extends Record>> shown) {
        this.shown = shown;
    }

    /** Every record met so far, for {@code components.schemas}. */
    Map<String, Map<String, Object>> all() {
        return named;
    }

    Map<String, Object> of(ResolvableType type) {
        Class<?> raw = type.toClass();
        Class<? extends Record> instead = shown.get(raw);
        if (instead != null) {
            return reference(ResolvableType.forClass(instead), instead);
        }
        if (raw.isRecord()) {
            return reference(type, raw);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", of(type.asCollection().getGeneric(0)));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", of(type.asMap().getGeneric(1)));
        }
        return raw.isEnum() ? enumeration(raw) : simple(raw);
    }

    private Map<String, Object> reference(ResolvableType type, Class<?> raw) {
        String name = name(type, raw);
        if (!named.containsKey(name)) {
            named.put(name, Map.of());
            named.put(name, record(type, raw));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> record(ResolvableType type, Class<?> raw) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            ResolvableType of = ResolvableType.forType(component.getGenericType(), type);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            properties.put(component.getName(), nullable ? orNull(of(of)) : of(of));
            if (!nullable) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private static Map<String, Object> enumeration(Class<?> raw) {
        return Map.of(
                "type",
                "string",
                "enum",
                Arrays.stream(raw.getEnumConstants()).map(String::valueOf).toList());
    }

    private static Map<String, Object> simple(Class<?> raw) {
        if (raw == String.class || raw == char.class) {
            return Map.of("type", "string");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (raw == Duration.class) {
            return Map.of("type", "string", "format", "duration");
        }
        if (raw == double.class || raw == Double.class || raw == float.class) {
            return Map.of("type", "number");
        }
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        return Map.of();
    }

    /** Such as {@code CreateTokenInput} or {@code AccountItemsOfAccessToken}. */
    private String name(ResolvableType type, Class<?> raw) {
        StringBuilder name = new StringBuilder();
        for (Class<?> part = raw; part != null; part = part.getEnclosingClass()) {
            name.insert(0, part.getSimpleName());
        }
        for (ResolvableType generic : type.getGenerics()) {
            name.append("Of").append(generic.toClass().getSimpleName());
        }
        String plain = name.toString();
        String owner = owners.putIfAbsent(plain, raw.getPackageName());
        if (owner == null || owner.equals(raw.getPackageName())) {
            return plain;
        }
        String feature = raw.getPackageName().substring(raw.getPackageName().lastIndexOf('.') + 1);
        return Character.toUpperCase(feature.charAt(0)) + feature.substring(1) + plain;
    }
}
