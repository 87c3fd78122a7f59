package dev.escale.agent.build.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRangeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "20",
                "v20",
                "20.x",
                ">=18",
                ">= 18.0.0",
                "^20.1",
                "~20.20.0",
                "18 || 20",
                ">=18 <23",
                "18 - 22",
                "*",
                "lts/iron",
                "node",
                "",
                ">=20.20.2",
                "<=20"
            })
    void accepts(String range) {
        assertThat(new NodeRange(range).accepts("20.20.2")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"22", "^18", "~20.19", ">20", ">=20.20.3", "<20", "14 - 18", "16 || 18"})
    void refuses(String range) {
        assertThat(new NodeRange(range).accepts("20.20.2")).isFalse();
    }
}
