package dev.escale.protocol.log;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a line that is a JSON object: what is a text, a number or true or false in it. */
public final class JsonFields {
    private static final int MOST = 100;
    private static final JsonStream JSON = JsonStream.builder().build();

    private JsonFields() {}

    /**
     * @return in the line's order; empty when it is no JSON object
     */
    public static Map<String, String> of(String text) {
        if (!text.startsWith("{") || !text.stripTrailing().endsWith("}")) {
            return Map.of();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonReader reader = JSON.reader(text)) {
            reader.beginObject();
            while (reader.hasNextField() && fields.size() < MOST) {
                String name = reader.nextField();
                switch (reader.currentToken()) {
                    case STRING -> fields.put(name, reader.readString());
                    case NUMBER -> fields.put(name, reader.readDecimal().toPlainString());
                    case BOOLEAN -> fields.put(name, Boolean.toString(reader.readBoolean()));
                    default -> reader.skipValue();
                }
            }
            return fields;
        } catch (JsonException | IllegalStateException | ArithmeticException notJson) {
            return Map.of();
        }
    }
}
