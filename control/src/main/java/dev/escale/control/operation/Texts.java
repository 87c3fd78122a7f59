package dev.escale.control.operation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all texts of an input, however deep, for the character NUL: PostgreSQL stores none,
 * and no name, address or command has one.
 */
final class Texts {
    private static final int LONGEST_FIELD = 60;

    private Texts() {}

    static List<Fault> faults(Record input) {
        List<Fault> faults = new ArrayList<>();
        look("", input, faults);
        return faults;
    }

    private static void look(String field, @Nullable Object value, List<Fault> faults) {
        switch (value) {
            case null -> {}
            case String text when text.indexOf('\0') >= 0 ->
                    faults.add(Fault.of(shown(field), "input.control"));
            case Record record -> components(field, record, faults);
            case Collection<?> many -> many.forEach(each -> look(field, each, faults));
            case Optional<?> one -> one.ifPresent(each -> look(field, each, faults));
            case Map<?, ?> map ->
                    map.forEach(
                            (name, each) -> {
                                look(field, name, faults);
                                look(path(field, String.valueOf(name)), each, faults);
                            });
            default -> {}
        }
    }

    private static void components(String field, Record record, List<Fault> faults) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            look(path(field, component.getName()), value(record, component), faults);
        }
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException("cannot look into " + record.getClass(), failure);
        }
    }

    private static String path(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static String shown(String field) {
        String printable = field.replaceAll("\\p{Cntrl}", "�");
        return printable.length() <= LONGEST_FIELD
                ? printable
                : printable.substring(0, LONGEST_FIELD);
    }
}
