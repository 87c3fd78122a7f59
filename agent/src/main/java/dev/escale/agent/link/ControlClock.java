package dev.escale.agent.link;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's clock as learnt at the last handshake, carried on by a clock that nobody can
 * set: the expiry of commands does not depend on this server's time of day. The local time stands
 * in until the first handshake.
 */
public final class ControlClock implements InstantSource {
    private final LongSupplier nanoTime;
    private final InstantSource local;
    private volatile @Nullable Learnt learnt;

    private record Learnt(Instant now, long nanos) {}

    public ControlClock() {
        this(InstantSource.system(), System::nanoTime);
    }

    ControlClock(InstantSource local, LongSupplier nanoTime) {
        this.local = local;
        this.nanoTime = nanoTime;
    }

    void learn(Instant now) {
        learnt = new Learnt(now, nanoTime.getAsLong());
    }

    @Override
    public Instant instant() {
        Learnt last = learnt;
        return last == null
                ? local.instant()
                : last.now().plusNanos(nanoTime.getAsLong() - last.nanos());
    }
}
