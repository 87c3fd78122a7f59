package dev.escale.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void aBuildGetsWhatItWantsButLeavesAQuarterOfTheHost() {
        long total = Memory.total(List.of("MemTotal:        1014784 kB", "MemFree: 5 kB"));

        assertThat(total).isEqualTo(1014784L * 1024);
        assertThat(Memory.share(512L << 20, total)).isEqualTo(512L << 20);
        assertThat(Memory.share(2048L << 20, total)).isEqualTo(total * 3 / 4);
        assertThat(Memory.share(2048L << 20, 0)).isEqualTo(2048L << 20);
    }

    @Test
    void readsTheMemoryOfThisHost() {
        assertThat(Memory.total()).isGreaterThan(64L << 20);
    }
}
