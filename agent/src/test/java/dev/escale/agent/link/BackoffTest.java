package dev.escale.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void growsFromHalfASecondToAMinuteAndBeginsAnew() {
        var backoff = new Backoff(new Random(7));
        Duration longest = Duration.ZERO;
        assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

        for (int i = 0; i < 200; i++) {
            Duration next = backoff.next();
            assertThat(next).isBetween(Duration.ofMillis(500), Duration.ofSeconds(60));
            longest = next.compareTo(longest) > 0 ? next : longest;
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(50));

        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
