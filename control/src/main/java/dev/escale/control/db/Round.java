package dev.escale.control.db;

import java.util.function.Consumer;
import org.slf4j.Logger;

/** Work that comes again and again, over many things: one that fails keeps no other waiting. */
public final class Round {
    private Round() {}

    /**
     * @param what is done, for the log of what failed: it is tried again in the next round
     */
    public static <T> void over(Iterable<T> things, Logger log, String what, Consumer<T> work) {
        for (T thing : things) {
            try {
                work.accept(thing);
            } catch (RuntimeException failure) {
                log.error("{} failed, of={}", what, thing, failure);
            }
        }
    }
}
