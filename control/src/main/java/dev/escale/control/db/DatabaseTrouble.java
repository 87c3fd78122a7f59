package dev.escale.control.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * What is wrong with the database itself when it is not what we ask of it: it passes by itself or
 * when the operator has done something, and then the same request works. Told apart by SQLSTATE
 * (PostgreSQL, appendix A) and by result code (SQLite).
 */
public enum DatabaseTrouble {
    /** Nobody answers, or it goes down or comes up just now. */
    UNREACHABLE,
    PASSWORD,
    /** No database of that name. */
    MISSING,
    FULL,
    /** It takes no more connections, or all of ours are busy. */
    CONNECTIONS,
    /** A standby that has not taken over, or a file system that went read-only. */
    READ_ONLY;

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;

    /** Part of codes of problems and of {@code /readyz}. */
    public String text() {
        return this == READ_ONLY ? "readOnly" : name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether waiting may be all it takes. */
    boolean passes() {
        return this == UNREACHABLE || this == CONNECTIONS;
    }

    /** Of an exception, however deep it stands in it; the deepest knows best. */
    public static Optional<DatabaseTrouble> of(Throwable failure) {
        @Nullable DatabaseTrouble found = null;
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 50; cause = cause.getCause()) {
            DatabaseTrouble here = cause instanceof SQLException sql ? of(sql) : null;
            found = here == null ? found : here;
            depth++;
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable DatabaseTrouble of(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            return ofSqlite(sqlite.getResultCode().code & 0xff);
        }
        String state = failure.getSQLState();
        if (state == null) {
            return failure instanceof SQLTransientConnectionException ? CONNECTIONS : null;
        }
        return ofPostgresql(state);
    }

    private static @Nullable DatabaseTrouble ofPostgresql(String state) {
        return switch (state) {
            case "57P01", "57P02", "57P03" -> UNREACHABLE;
            case "3D000" -> MISSING;
            case "53100" -> FULL;
            case "53300" -> CONNECTIONS;
            case "25006" -> READ_ONLY;
            default ->
                    state.startsWith("08") ? UNREACHABLE : state.startsWith("28") ? PASSWORD : null;
        };
    }

    private static @Nullable DatabaseTrouble ofSqlite(int code) {
        return switch (code) {
            case SQLITE_BUSY -> CONNECTIONS;
            case SQLITE_FULL -> FULL;
            case SQLITE_READONLY -> READ_ONLY;
            case SQLITE_IOERR, SQLITE_CANTOPEN -> UNREACHABLE;
            default -> null;
        };
    }
}
