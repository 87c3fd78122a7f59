package dev.escale.control.operation;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All operations by name: audit vocabulary, list of permissions, and what a plan refers to. */
public final class OperationCatalog {
    private final Supplier<Collection<Operation<?, ?>>> source;
    private volatile @Nullable Map<String, Operation<?, ?>> known;

    /**
     * @param source asked when an operation is first looked for, because operations may use the
     *     waist
     */
    OperationCatalog(Supplier<Collection<Operation<?, ?>>> source) {
        this.source = source;
    }

    public Collection<Operation<?, ?>> all() {
        return byName().values();
    }

    Operation<?, ?> named(String name) {
        Operation<?, ?> operation = byName().get(name);
        if (operation == null) {
            throw ProblemException.of(410, "plan.operationGone", "operation", name);
        }
        return operation;
    }

    private Map<String, Operation<?, ?>> byName() {
        Map<String, Operation<?, ?>> before = known;
        if (before != null) {
            return before;
        }
        Map<String, Operation<?, ?>> found = new TreeMap<>();
        for (Operation<?, ?> operation : source.get()) {
            if (found.put(operation.name(), operation) != null) {
                throw new IllegalStateException("two operations named " + operation.name());
            }
        }
        Map<String, Operation<?, ?>> all = Collections.unmodifiableMap(found);
        known = all;
        return all;
    }
}
