package dev.escale.control.db;

import dev.escale.control.db.schema.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whether the database can be worked with, in a few seconds at most. */
public final class DatabaseHealth {
    private static final long PATIENCE_SECONDS = 2;
    private static final String PROBE = "health.probe";

    private final OpenDatabase opened;
    private final Database database;
    private final Clock clock;

    DatabaseHealth(OpenDatabase opened, Database database, Clock clock) {
        this.opened = opened;
        this.database = database;
        this.clock = clock;
    }

    /** What is wrong with it; nothing when it reads, and writes if writing last failed. */
    public Optional<DatabaseTrouble> trouble() {
        FutureTask<Optional<DatabaseTrouble>> look = new FutureTask<>(this::look);
        Thread.ofVirtual().name("database-health").start(look);
        try {
            return look.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            return Optional.of(whyNoConnection());
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the database cannot be looked at", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(DatabaseTrouble.UNREACHABLE);
        }
    }

    private Optional<DatabaseTrouble> look() {
        try {
            database.systemRead(tx -> tx.fetchValue("select 1"));
            if (database.couldNotWrite()) {
                database.system(
                        tx ->
                                tx.insertInto(Tables.SETTING)
                                        .set(Tables.SETTING.NAME, PROBE)
                                        .set(Tables.SETTING.CONTENT, clock.instant().toString())
                                        .onConflict(Tables.SETTING.NAME)
                                        .doUpdate()
                                        .set(Tables.SETTING.CONTENT, clock.instant().toString())
                                        .execute());
            }
            return Optional.empty();
        } catch (RuntimeException failure) {
            Optional<DatabaseTrouble> known = DatabaseTrouble.of(failure);
            if (known.isEmpty()) {
                throw failure;
            }
            return known;
        }
    }

    /** The pool goes on trying and says nothing; a connection of our own says it at once. */
    private DatabaseTrouble whyNoConnection() {
        try (@Nullable Connection own = opened.another()) {
            return DatabaseTrouble.CONNECTIONS;
        } catch (SQLException failure) {
            return DatabaseTrouble.of(failure).orElse(DatabaseTrouble.UNREACHABLE);
        }
    }
}
