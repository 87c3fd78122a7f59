package dev.escale.agent;

import dev.escale.protocol.Facts;
import java.time.Duration;
import java.util.function.Supplier;

/** The facts for a greeting: gathered anew when they are old, as that starts some programs. */
final class FreshFacts implements Supplier<Facts> {
    private static final Duration OLD = Duration.ofMinutes(5);

    private final Parts parts;
    private Facts last;
    private long at = System.nanoTime();

    FreshFacts(Parts parts) throws InterruptedException {
        this.parts = parts;
        this.last = parts.facts();
    }

    @Override
    public synchronized Facts get() {
        if (System.nanoTime() - at > OLD.toNanos()) {
            try {
                last = parts.facts();
                at = System.nanoTime();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
        return last;
    }
}
