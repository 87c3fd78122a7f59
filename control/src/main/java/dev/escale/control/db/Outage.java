package dev.escale.control.db;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Says once, in one line, that work waits for the database, however often that is met; and once
 * that it goes on.
 */
public final class Outage {
    private final Logger log;
    private final String what;
    private final AtomicReference<@Nullable DatabaseTrouble> known = new AtomicReference<>();

    /**
     * @param what is being done, such as {@code looking for letters}
     */
    public Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** What is no trouble of the database is logged whole, each time. */
    public void met(RuntimeException failure) {
        Optional<DatabaseTrouble> trouble = DatabaseTrouble.of(failure);
        if (trouble.isEmpty()) {
            log.error("{} failed", what, failure);
        } else if (known.getAndSet(trouble.get()) != trouble.get()) {
            log.warn("{} waits, database={}", what, trouble.get().text());
        }
    }

    /** The database has answered. */
    public void over() {
        if (known.get() != null && known.getAndSet(null) != null) {
            log.info("{} goes on", what);
        }
    }
}
