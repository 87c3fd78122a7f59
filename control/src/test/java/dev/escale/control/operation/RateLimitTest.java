package dev.escale.control.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.EPOCH;
    private final RateLimit limit =
            new RateLimit(
                    6,
                    new Clock() {
                        @Override
                        public ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return now;
                        }
                    });

    @Test
    void letsAsManyThroughAsAreAllowedAndTellsHowLongToWait() {
        for (int i = 0; i < 6; i++) {
            assertThat(limit.take("ann")).isZero();
        }
        assertThat(limit.take("ann")).isEqualTo(Duration.ofSeconds(10));
        assertThat(limit.take("bob")).isZero();

        now = now.plusSeconds(9);
        assertThat(limit.take("ann")).isEqualTo(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(limit.take("ann")).isZero();
        assertThat(limit.take("ann")).isPositive();
    }
}
