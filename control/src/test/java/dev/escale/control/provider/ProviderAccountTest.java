package dev.escale.control.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderAccountTest {

    @Test
    void namesBecomeOneLineOfBoundedLength() {
        var account =
                new ProviderAccount("1", "\u0000ann\n", "⛵".repeat(200), List.of("a@b", "", "x"));

        assertThat(account.login()).isEqualTo("ann");
        assertThat(account.name()).hasSizeLessThanOrEqualTo(100).startsWith("⛵");
        assertThat(account.verifiedEmails()).containsExactly("a@b");
        assertThat(account.has("A@B")).isTrue();
    }

    @Test
    void whoHasNoNameIsCalledByTheLoginAndWithoutOneByTheNumber() {
        assertThat(new ProviderAccount("7", "ann", " ", List.of()).name()).isEqualTo("ann");
        assertThat(new ProviderAccount("7", "", "", List.of()).name()).isEqualTo("7");
    }

    @Test
    void anAccountWithoutAnIdIsNone() {
        assertThatThrownBy(() -> new ProviderAccount(" ", "ann", "Ann", List.of()))
                .isInstanceOf(ProviderException.class);
    }
}
