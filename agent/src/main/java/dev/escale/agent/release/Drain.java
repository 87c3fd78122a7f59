package dev.escale.agent.release;

import dev.escale.agent.host.Sockets;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Waits until nobody is connected to a release that gets no more requests. Nginx gives its idle
 * connections up after half a second; what is left then is under way. One look is not enough: the
 * kernel lists its connections piece by piece and may miss one, and a worker of Nginx on a busy
 * machine may have read where to go a moment before it goes there.
 *
 * @param hurry whether a rollback waits behind this
 */
record Drain(int port, BooleanSupplier hurry) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration HURRIED = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int QUIET_LOOKS = 6;

    /**
     * @return what was not waited for
     */
    Optional<Note> await() throws InterruptedException {
        long began = System.nanoTime();
        long open = Sockets.connectedTo(port);
        int quiet = open == 0 ? 1 : 0;
        while (quiet < QUIET_LOOKS && System.nanoTime() - began < patience().toNanos()) {
            Thread.sleep(LOOK);
            open = Sockets.connectedTo(port);
            quiet = open == 0 ? quiet + 1 : 0;
        }
        return open == 0 ? Optional.empty() : Optional.of(cut(open, began));
    }

    private Duration patience() {
        return hurry.getAsBoolean() ? HURRIED : LONGEST;
    }

    private static Note cut(long open, long began) {
        return Note.of(
                Notes.DRAIN_CUT,
                "count",
                Long.toString(open),
                "seconds",
                Long.toString(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
    }
}
