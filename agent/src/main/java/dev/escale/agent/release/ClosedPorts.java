package dev.escale.agent.release;

import dev.escale.protocol.Note;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the ports of apps closed to the outside: each before its process starts, and all again when
 * somebody else has emptied nftables.
 */
final class ClosedPorts {
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(ClosedPorts.class.getName());

    private final PortGuard guard;
    private Set<Integer> closed = Set.of();
    private boolean applied;
    private Optional<Note> open = Optional.empty();
    private long looked = System.nanoTime();

    ClosedPorts(PortGuard guard) {
        this.guard = guard;
    }

    /** An interrupted caller goes on to where it can end, with nothing started. */
    synchronized void close(Set<Integer> more) {
        if (!closed.containsAll(more)) {
            var all = new HashSet<>(closed);
            all.addAll(more);
            try {
                apply(all);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * These and no others, and a table for those to come; once a minute looks whether they still
     * are.
     */
    synchronized void keep(Set<Integer> all) throws InterruptedException {
        boolean due = System.nanoTime() - looked > LOOK.toNanos();
        if (due) {
            looked = System.nanoTime();
        }
        if (!applied || !all.equals(closed) || due && guard.look().isPresent()) {
            apply(all);
        }
    }

    private void apply(Set<Integer> all) throws InterruptedException {
        Optional<Note> why = guard.close(all);
        closed = Set.copyOf(all);
        applied = true;
        remember(all);
        if (why.isPresent() && !why.equals(open)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the ports of apps stay open to the outside: {0}",
                    why.get());
        }
        open = why;
    }

    private void remember(Set<Integer> all) {
        try {
            guard.remember(all);
        } catch (IOException unwritten) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "after a reboot, the ports of apps are open until the agent is up: {0}",
                    unwritten.toString());
        }
    }
}
