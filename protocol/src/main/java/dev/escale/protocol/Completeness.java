package dev.escale.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that lack a part: JSON may leave anything out, but our messages say with
 * {@code @Nullable} what may.
 */
final class Completeness {
    private Completeness() {}

    /**
     * @throws IllegalArgumentException naming the first part that is missing, at any depth
     */
    static void check(Object value) {
        switch (value) {
            case Record part -> checkParts(part);
            case Collection<?> parts -> parts.forEach(Completeness::check);
            case Map<?, ?> parts -> parts.values().forEach(Completeness::check);
            default -> {}
        }
    }

    private static void checkParts(Record whole) {
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            Object part = read(component, whole);
            if (part != null) {
                check(part);
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new IllegalArgumentException(
                        whole.getClass().getSimpleName() + " without " + component.getName());
            }
        }
    }

    private static @Nullable Object read(RecordComponent component, Record whole) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // of records that are not public, too
            return accessor.invoke(whole);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
