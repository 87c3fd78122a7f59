package dev.escale.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.link.RecordFile;
import dev.escale.agent.link.Reserve;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands that came, on disk: each runs once, also across restarts. A change of state is
 * forced to disk before the call returns, so it survives a loss of power. An entry is forgotten a
 * day after its command expired: from then on the expiry alone refuses it.
 *
 * <p>The orders that wait for their turn lie beside it, each in a file that goes when it starts. On
 * a full disk, what was begun is written from a reserve, and so are orders that make room; others
 * are turned away.
 */
public final class Journal implements AutoCloseable {
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final int SLACK = 256;

    private final Path file;
    private final Waiting waiting;
    private final InstantSource clock;
    private final Reserve reserve;
    private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
    private RecordFile records;
    private int written;

    /**
     * @param clock the control plane's, by which commands expire
     */
    public Journal(Path home, InstantSource clock) throws IOException {
        Path folder = Files.createDirectories(home.resolve("journal"));
        this.file = folder.resolve("commands");
        this.waiting = new Waiting(folder.resolve("waiting"));
        this.clock = clock;
        this.reserve = new Reserve(folder.resolve("reserve"));
        this.records = RecordFile.open(file, this::replay);
        compact();
        reserve.refill();
    }

    synchronized Optional<JournalEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Those that are not done, oldest first. */
    synchronized List<JournalEntry> unfinished() {
        return entries.values().stream()
                .filter(entry -> entry.state() != JournalEntry.State.DONE)
                .toList();
    }

    /**
     * @param payload kept until the command starts; see {@link Waiting}
     * @throws IOException when it cannot be kept, and so must not run
     */
    synchronized void receive(JournalEntry entry, Command command, String payload)
            throws IOException {
        try {
            keep(entry, command, payload);
        } catch (IOException full) {
            if (!makesRoom(command.order()) || !reserve.release()) {
                waiting.drop(command.id());
                throw full;
            }
            keep(entry, command, payload);
        }
    }

    /** Answered, and not kept: known until a restart, in case it comes again. */
    synchronized void turnAway(JournalEntry entry, Outcome outcome) {
        entries.put(entry.id(), entry.done(outcome));
    }

    private void keep(JournalEntry entry, Command command, String payload) throws IOException {
        waiting.keep(command, payload);
        append(entry);
    }

    private static boolean makesRoom(Order order) {
        return switch (order) {
            case Order.RemoveApp _, Order.Leave _, Order.Cancel _ -> true;
            case Order.ControlApp control -> control.action() == AppAction.STOP;
            case Order.Deploy _,
                    Order.Serve _,
                    Order.InstallCertificate _,
                    Order.RefuseCertificate _,
                    Order.Survey _,
                    Order.OpenLog _,
                    Order.SearchLog _,
                    Order.CloseLog _ ->
                    false;
        };
    }

    synchronized void start(String id) {
        JournalEntry entry = entries.get(id);
        if (entry != null) {
            write(entry.started());
            waiting.drop(id);
        }
    }

    synchronized void done(String id, Outcome outcome) {
        JournalEntry entry = entries.get(id);
        if (entry != null) {
            write(entry.done(outcome));
            waiting.drop(id);
            reserve.refill();
        }
    }

    /** The order of a command that was received and not started. */
    synchronized Optional<Command> waiting(String id) {
        return waiting.find(id);
    }

    @Override
    public synchronized void close() throws IOException {
        records.close();
    }

    private void write(JournalEntry entry) {
        try {
            try {
                append(entry);
            } catch (IOException full) {
                if (!reserve.release()) {
                    throw full;
                }
                append(entry);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the journal " + file, failure);
        }
    }

    private void append(JournalEntry entry) throws IOException {
        if (written > 2 * entries.size() + SLACK) {
            compact();
        }
        records.append(bytes(entry));
        records.force();
        written++;
        entries.put(entry.id(), entry);
    }

    private void replay(byte[] record) {
        JournalEntry entry = Codec.read(JournalEntry.class, new String(record, UTF_8));
        entries.put(entry.id(), entry);
        written++;
    }

    /** Writes the journal anew with what is still worth knowing. */
    private void compact() throws IOException {
        Instant forgotten = clock.instant().minus(MEMORY);
        entries.values()
                .removeIf(
                        entry ->
                                entry.state() == JournalEntry.State.DONE
                                        && entry.expiresAt().isBefore(forgotten));
        Path fresh = file.resolveSibling("commands.new");
        Files.deleteIfExists(fresh);
        RecordFile compacted = RecordFile.open(fresh, _ -> {});
        try {
            for (JournalEntry entry : entries.values()) {
                compacted.append(bytes(entry));
            }
            compacted.force();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            compacted.close();
            Files.deleteIfExists(fresh);
            throw full;
        }
        records.close();
        records = compacted;
        written = entries.size();
    }

    private static byte[] bytes(JournalEntry entry) {
        return Codec.write(JournalEntry.class, entry).getBytes(UTF_8);
    }
}
