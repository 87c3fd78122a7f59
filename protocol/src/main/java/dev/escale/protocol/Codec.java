package dev.escale.protocol;

import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;

/**
 * JSON of the messages. Unknown fields are ignored; a missing one that must be there is refused.
 */
public final class Codec {
    private static final Jsonb JSON = Jsonb.builder().build();

    private Codec() {}

    public static <T> String write(Class<T> type, T message) {
        return type(type).toJson(message);
    }

    /**
     * @throws Malformed when the text is not such a message
     */
    public static <T> T read(Class<T> type, String text) {
        try {
            T message = type(type).fromJson(text);
            if (message == null) {
                throw new Malformed("null instead of " + type.getSimpleName(), null);
            }
            Completeness.check(message);
            return message;
        } catch (JsonException
                | IllegalArgumentException
                | NullPointerException
                | IllegalStateException failure) {
            throw new Malformed(
                    "not a " + type.getSimpleName() + ": " + failure.getMessage(), failure);
        }
    }

    private static <T> JsonType<T> type(Class<T> type) {
        return JSON.type(type);
    }

    /** Text that is not the expected message. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
