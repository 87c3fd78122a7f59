package dev.escale.control.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that opens transactions. Each runs for one team, or for none ({@link #system}).
 *
 * <p>A transaction inside another of the same team joins it. On PostgreSQL the team is also told to
 * the database, whose row-level security then hides every other team's rows. A transaction belongs
 * to the thread that opened it.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

    private final DSLContext reader;
    private final DSLContext writer;
    private final Runnable whenReadOnly;
    private volatile boolean couldNotWrite;

    /**
     * @param writer for SQLite a pool of one connection that begins with a write lock
     * @param whenReadOnly a write was refused because another server has taken over
     */
    Database(DSLContext reader, DSLContext writer, Runnable whenReadOnly) {
        this.reader = reader;
        this.writer = writer;
        this.whenReadOnly = whenReadOnly;
    }

    /** Whether the last write that ended was refused by a full or read-only database. */
    boolean couldNotWrite() {
        return couldNotWrite;
    }

    /** Rows of one team, as they were at one moment. */
    public <T extends @Nullable Object> T read(TeamId team, Function<DSLContext, T> work) {
        return run(reader, false, team, work);
    }

    /** All or nothing, for one team. */
    public <T extends @Nullable Object> T write(TeamId team, Function<DSLContext, T> work) {
        return run(writer, true, team, work);
    }

    /** All or nothing, on the tables that no team owns. */
    public <T extends @Nullable Object> T system(Function<DSLContext, T> work) {
        return run(writer, true, null, work);
    }

    /** As {@link #system}, but changes nothing and waits for no writer. */
    public <T extends @Nullable Object> T systemRead(Function<DSLContext, T> work) {
        return run(reader, false, null, work);
    }

    /**
     * Run this when the transaction of this thread has committed, and never if it has not; at once
     * when there is none. When it fails, that is logged: what was committed stays done.
     */
    public void afterCommit(Runnable action) {
        Transaction current = CURRENT.get();
        if (current == null) {
            action.run();
        } else {
            current.afterCommit.add(action);
        }
    }

    /**
     * From here to the end of the transaction, nobody else who calls this for the team goes on.
     * SQLite has one writer at a time anyway. On PostgreSQL the lock is one that rows which refer
     * to the team do not wait for: those of two writers, each before the other's lock, would be a
     * deadlock.
     */
    public static void queueUp(DSLContext tx, TeamId team) {
        if (tx.dialect().family() == SQLDialect.POSTGRES) {
            tx.fetch("select id from team where id = ? for no key update", team.value());
        }
    }

    /**
     * From here to the end of the transaction nobody else writes to the table, or locks it so;
     * readers go on. SQLite has one writer at a time anyway.
     */
    public static void lock(DSLContext tx, Table<?> table) {
        if (tx.dialect().family() == SQLDialect.POSTGRES) {
            tx.execute("lock table {0} in exclusive mode", table);
        }
    }

    /** As {@link #queueUp}, for every team that there is: no other one ends meanwhile. */
    public static void queueUpForAll(DSLContext tx) {
        if (tx.dialect().family() == SQLDialect.POSTGRES) {
            tx.fetch("select id from team where removed_at is null order by id for no key update");
        }
    }

    public SQLDialect dialect() {
        return writer.dialect();
    }

    private <T extends @Nullable Object> T run(
            DSLContext pool, boolean writes, @Nullable TeamId team, Function<DSLContext, T> work) {
        Transaction outer = CURRENT.get();
        return outer == null ? begin(pool, writes, team, work) : outer.join(writes, team, work);
    }

    private <T extends @Nullable Object> T begin(
            DSLContext pool, boolean writes, @Nullable TeamId team, Function<DSLContext, T> work) {
        List<Runnable> afterCommit = new ArrayList<>();
        T result;
        try {
            result = transact(pool, writes, team, work, afterCommit);
        } catch (RuntimeException failure) {
            DatabaseTrouble.of(failure).ifPresent(this::remember);
            throw failure;
        }
        if (writes) {
            couldNotWrite = false;
        }
        afterCommit.forEach(Database::follow);
        return result;
    }

    private static <T extends @Nullable Object> T transact(
            DSLContext pool,
            boolean writes,
            @Nullable TeamId team,
            Function<DSLContext, T> work,
            List<Runnable> afterCommit) {
        return pool.transactionResult(
                configuration -> {
                    DSLContext tx = DSL.using(telling(configuration, team));
                    CURRENT.set(new Transaction(tx, writes, team, afterCommit));
                    try {
                        return work.apply(tx);
                    } finally {
                        CURRENT.remove();
                    }
                });
    }

    private static void follow(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("what follows a commit failed", failure);
        }
    }

    private void remember(DatabaseTrouble trouble) {
        if (trouble == DatabaseTrouble.FULL || trouble == DatabaseTrouble.READ_ONLY) {
            couldNotWrite = true;
        }
        if (trouble == DatabaseTrouble.READ_ONLY) {
            whenReadOnly.run();
        }
    }

    private static Configuration telling(Configuration configuration, @Nullable TeamId team) {
        return configuration.family() == SQLDialect.POSTGRES
                ? configuration.deriveAppending(new TeamFirst(team))
                : configuration;
    }

    private record Transaction(
            DSLContext tx, boolean writes, @Nullable TeamId team, List<Runnable> afterCommit) {

        <T extends @Nullable Object> T join(
                boolean writing, @Nullable TeamId wanted, Function<DSLContext, T> work) {
            if (writing && !writes) {
                throw new IllegalStateException("a write inside a transaction that only reads");
            }
            if (wanted == null || Objects.equals(team, wanted)) {
                return work.apply(tx);
            }
            throw new IllegalStateException(
                    "a transaction of team %s inside one of %s".formatted(wanted, team));
        }
    }
}
