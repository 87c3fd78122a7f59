package dev.escale.control.agentlink;

import dev.escale.control.operation.Origins;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts who was not let in, says it once per address and minute, and slows guessing down. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int PER_MINUTE = 30;

    private final MeterRegistry meters;
    private final Attempts attempts;

    Refusals(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.attempts = new Attempts(PER_MINUTE, Duration.ofMinutes(1), clock);
    }

    boolean allows(String address) {
        return attempts.allowed(Origins.network(address));
    }

    /**
     * @param reason one word
     */
    void refused(String address, String reason) {
        meters.counter("escale.agents.refused", "reason", reason).increment();
        if (attempts.failed(Origins.network(address)) == 1) {
            LOG.warn("agent refused: address={} reason={}", address, reason);
        }
    }
}
