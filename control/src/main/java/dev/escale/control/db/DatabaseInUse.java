package dev.escale.control.db;

import dev.escale.control.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has a file of SQLite open: any number at once, or one who wants it alone. A lock on a file
 * beside it, which ends with the process whatever ends that.
 */
final class DatabaseInUse implements AutoCloseable {
    /** A process cannot lock a file twice, so it counts. */
    private static final Map<Path, DatabaseInUse> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final boolean alone;
    private int users = 1;

    private DatabaseInUse(Path file, FileChannel channel, boolean alone) {
        this.file = file;
        this.channel = channel;
        this.alone = alone;
    }

    /**
     * @throws StartRefused when somebody has it alone
     */
    static DatabaseInUse together(Path database) {
        return take(database, false);
    }

    /**
     * @throws StartRefused when anybody has it open
     */
    static DatabaseInUse alone(Path database) {
        return take(database, true);
    }

    private static DatabaseInUse take(Path database, boolean alone) {
        Path file = Path.of(database.toAbsolutePath().normalize() + ".in-use");
        synchronized (HELD) {
            DatabaseInUse held = HELD.get(file);
            if (held != null) {
                if (alone || held.alone) {
                    throw refused(database, alone);
                }
                held.users++;
                return held;
            }
            DatabaseInUse taken = lock(database, file, alone);
            HELD.put(file, taken);
            return taken;
        }
    }

    private static DatabaseInUse lock(Path database, Path file, boolean alone) {
        try {
            DatabaseFile.makeEmpty(file);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, !alone);
            if (lock == null) {
                channel.close();
                throw refused(database, alone);
            }
            return new DatabaseInUse(file, channel, alone);
        } catch (IOException failure) {
            throw new StartRefused(
                    "%s cannot be locked: %s.".formatted(file, failure.getMessage()), failure);
        }
    }

    private static StartRefused refused(Path database, boolean alone) {
        return new StartRefused(
                (alone
                                ? "A control plane is running on %s; stop it, and run this again."
                                : "%s is being moved to PostgreSQL; wait for that to end.")
                        .formatted(database));
    }

    @Override
    public void close() {
        synchronized (HELD) {
            users--;
            if (users == 0) {
                HELD.remove(file);
                try {
                    channel.close();
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            }
        }
    }
}
