package dev.escale.agent.build.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @Test
    void splitsAsAShellDoes() {
        assertThat(ShellWords.split(" node  'my app.js' --name=\"a 'b'\" c\\ d \"\" "))
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .containsExactly(
                                                "node", "my app.js", "--name=a 'b'", "c d", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a && b",
                "a | b",
                "a; b",
                "a $PORT",
                "a \"$X\"",
                "a `b`",
                "a > b",
                "a *",
                "a 'b",
                ""
            })
    void leavesToAShellWhatTakesOne(String text) {
        assertThat(ShellWords.split(text)).isEmpty();
    }
}
