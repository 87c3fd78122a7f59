package dev.escale.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "main, main",
                "feature/a-1, feature/a-1",
                "https://localhost:8420/git/home/shop.git,"
                        + " https://localhost:8420/git/home/shop.git",
                "a;reboot, 'a;reboot'",
                "$(reboot), '$(reboot)'",
                "it's, 'it'\\''s'",
            })
    void whatTheShellWouldTakeForMoreThanAWordIsQuoted(String word, String shown) {
        assertThat(Page.shell(word)).isEqualTo(shown);
    }
}
