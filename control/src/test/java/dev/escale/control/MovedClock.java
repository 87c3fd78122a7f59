package dev.escale.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Runs as clocks do, and jumps when it is told to. */
public final class MovedClock extends Clock {
    private final Clock real;
    private final AtomicReference<Duration> moved;

    public MovedClock() {
        this(
                Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)),
                new AtomicReference<>(Duration.ZERO));
    }

    private MovedClock(Clock real, AtomicReference<Duration> moved) {
        this.real = real;
        this.moved = moved;
    }

    public void move(Duration forward) {
        moved.updateAndGet(forward::plus);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(moved.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    /** Moves with this one. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new MovedClock(real.withZone(zone), moved);
    }
}
