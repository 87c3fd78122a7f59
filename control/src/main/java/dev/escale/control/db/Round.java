package dev.escale.control.db;

import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Work over many things: one that fails keeps no other waiting, unless the database is in trouble,
 * which they would all meet.
 */
public final class Round {
    private Round() {}

    /**
     * @param what is done, for the log of what failed: it is tried again in the next round
     * @throws RuntimeException when the database is in trouble
     */
    public static <T> void over(Iterable<T> things, Logger log, String what, Consumer<T> work) {
        for (T thing : things) {
            try {
                work.accept(thing);
            } catch (RuntimeException failure) {
                if (DatabaseTrouble.of(failure).isPresent()) {
                    throw failure;
                }
                log.error("{} failed, of={}", what, thing, failure);
            }
        }
    }
}
