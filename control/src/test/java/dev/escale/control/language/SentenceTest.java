package dev.escale.control.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {

    @Test
    void choosesThePluralAsEachLanguageDoes() {
        Sentence apps = Sentence.parse("{count:# app|# apps}");

        assertThat(apps.text(Locale.ENGLISH, Map.of("count", 0))).isEqualTo("0 apps");
        assertThat(apps.text(Locale.ENGLISH, Map.of("count", 1))).isEqualTo("1 app");
        assertThat(apps.text(Locale.FRENCH, Map.of("count", 0))).isEqualTo("0 app");
        assertThat(apps.text(Locale.FRENCH, Map.of("count", 2))).isEqualTo("2 apps");
    }

    @Test
    void saysNoneInItsOwnWords() {
        Sentence apps = Sentence.parse("{count:no app|one app|# apps} here");

        assertThat(apps.text(Locale.ENGLISH, Map.of("count", "0"))).isEqualTo("no app here");
        assertThat(apps.text(Locale.ENGLISH, Map.of("count", "1200"))).isEqualTo("1,200 apps here");
    }

    @Test
    void writesFiguresWithTheUnitsOfTheLanguage() {
        Sentence size = Sentence.parse("{bytes,size}, {share,percent}, {seconds,duration}");
        var facts = Map.of("bytes", 1_536_000, "share", 0.074, "seconds", "125");

        assertThat(size.text(Locale.ENGLISH, facts))
                .isEqualTo("1.5\u00a0MB, 7.4%, 2\u00a0min\u00a05\u00a0s");
        assertThat(size.text(Locale.FRENCH, facts))
                .isEqualTo("1,5\u00a0Mo, 7,4\u00a0%, 2\u00a0min\u00a05\u00a0s");
    }

    @Test
    void refusesABraceThatIsNotClosed() {
        assertThatThrownBy(() -> Sentence.parse("a {fact"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a {fact");
    }
}
