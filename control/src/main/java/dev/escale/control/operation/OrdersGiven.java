package dev.escale.control.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** The orders to agents that an operation gives while it is applied, for the audit log. */
public final class OrdersGiven {
    private static final ScopedValue<List<String>> CURRENT = ScopedValue.newInstance();

    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());

    OrdersGiven() {}

    /** Notes an order; nothing happens outside an operation. */
    public static void note(String command) {
        if (CURRENT.isBound()) {
            CURRENT.get().add(command);
        }
    }

    <R> R during(Supplier<R> work) {
        return ScopedValue.where(CURRENT, commands).call(work::get);
    }

    List<String> commands() {
        return List.copyOf(commands);
    }
}
