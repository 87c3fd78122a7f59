package dev.escale.control.db;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Times are stored as microseconds since 1970 UTC, so that both databases sort and keep them. */
public final class Micros extends AbstractConverter<Long, Instant> {
    private static final long serialVersionUID = 1L;
    private static final Instant LATEST = instant(Long.MAX_VALUE);
    private static final Instant EARLIEST = instant(Long.MIN_VALUE);

    public Micros() {
        super(Long.class, Instant.class);
    }

    /** Of times that are further away than can be counted, the furthest that can. */
    public static long of(Instant instant) {
        if (instant.isAfter(LATEST)) {
            return Long.MAX_VALUE;
        }
        if (instant.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    @SuppressWarnings("NullAway") // jOOQ converts null to null
    public @Nullable Instant from(@Nullable Long micros) {
        return micros == null ? null : instant(micros);
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Long to(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }
}
