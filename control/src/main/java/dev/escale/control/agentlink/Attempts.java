package dev.escale.control.agentlink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures per address, so that guessing becomes slow. Remembers a bounded number of
 * addresses and forgets the one that failed longest ago.
 */
public final class Attempts {
    private static final int ADDRESSES = 10_000;

    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Failures> failures =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > ADDRESSES;
                }
            };

    /**
     * @param limit failures within the window after which an address is not listened to
     */
    public Attempts(int limit, Duration window, Clock clock) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
    }

    public synchronized boolean allowed(String address) {
        Failures known = failures.get(address);
        return known == null || known.count() < limit || known.isOver(clock.instant());
    }

    /**
     * @return how many there were in this window, this one included
     */
    public synchronized int failed(String address) {
        Instant now = clock.instant();
        Failures known = failures.get(address);
        Failures next =
                known == null || known.isOver(now)
                        ? new Failures(1, now.plus(window))
                        : new Failures(known.count() + 1, known.until());
        failures.put(address, next);
        return next.count();
    }

    private record Failures(int count, Instant until) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }
}
