package dev.escale.control.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain \u001b]0;title\u0007text",
                "plain \u001b]52;c;ZXZpbA==\u001b\\text",
                "plain \u001b[2J\u001b[1;1Htext",
                "plain \u001bPq#0\u001b\\text",
                "plain \u001bctext",
                "plain \r\b\u0007\u009d\u007ftext",
                "plain text\u001b",
                "plain text\u001b[",
            })
    void leavesOutWhatATerminalWouldObey(String line) {
        assertThat(TerminalText.of(line)).isEqualTo("plain text");
    }

    @org.junit.jupiter.api.Test
    void keepsColoursAndEndsThem() {
        assertThat(TerminalText.of("a \u001b[1;31mred\u001b[2K $1\tb"))
                .isEqualTo("a \u001b[1;31mred $1\tb\u001b[0m");
        assertThat(TerminalText.of("déjà vu ✓")).isEqualTo("déjà vu ✓");
    }
}
