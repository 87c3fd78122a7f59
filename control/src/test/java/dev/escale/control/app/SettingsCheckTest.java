package dev.escale.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.operation.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ann:secret@git.example.com/shop.git",
                "https://ghp_0123456789abcdef@github.com/shop.git",
                "https://@git.example.com/shop.git",
            })
    void anAddressCarriesNeitherPasswordNorToken(String url) {
        assertThat(new SettingsCheck().url(url).faults())
                .extracting(Fault::code)
                .containsExactly("app.urlWithPassword");
    }

    @Test
    void anAtSignInThePathIsNoUser() {
        assertThat(new SettingsCheck().url("https://git.example.com/@ann/shop.git").faults())
                .isEmpty();
    }
}
