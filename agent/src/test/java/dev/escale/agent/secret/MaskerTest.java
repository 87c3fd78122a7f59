package dev.escale.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.EnvValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskerTest {
    @Test
    void masksTheLongestFirstSoThatNothingOfItIsLeft() {
        var masker = new Masker(List.of("hunter", "hunter-and-gatherer"));

        assertThat(masker.mask("a hunter-and-gatherer, a hunter")).isEqualTo("a •••, a •••");
    }

    @Test
    void masksEncodedForms() {
        var masker = new Masker(List.of("p w/d+é\"x"));

        assertThat(masker.mask("cCB3L2Qrw6kieA== or p%20w%2Fd%2B%C3%A9%22x or {\"p w/d+é\\\"x\"}"))
                .isEqualTo("•••== or ••• or {\"•••\"}");
    }

    @Test
    void masksEachLineOfAKey() {
        var masker = new Masker(List.of("-----BEGIN-----\nMIIEvQ\nIBADAN\n-----END-----"));

        assertThat(masker.mask("read IBADAN")).isEqualTo("read •••");
    }

    @Test
    void leavesWhatIsShortOrNoSecret() {
        var masker =
                Masker.of(
                        Map.of(
                                "A", new EnvValue("abc", true),
                                "B", new EnvValue("plain", false),
                                "C", new EnvValue("covert", true)));

        assertThat(masker.mask("abc plain covert")).isEqualTo("abc plain •••");
        assertThat(masker).hasToString("Masker[•••]");
    }
}
