package dev.escale.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void keepsWhatFitsAndMarksWhereItCuts() {
        assertThat(Excerpt.of("port", 4)).isEqualTo("port");
        assertThat(Excerpt.of("ports", 4)).isEqualTo("por…");
    }

    @Test
    void cutsNoCharacterInTwo() {
        assertThat(Excerpt.of("ab\uD83D\uDEA2cd", 4)).isEqualTo("ab…");
    }

    @Test
    void noFactOfANoteAndNoFindingIsLongerThanAReportBears() {
        String endless = "x".repeat(1 << 20);

        assertThat(Note.of("detect.unreadable", "file", endless).facts().get("file")).hasSize(1000);
        assertThat(Finding.of("start", endless, "package.json").value()).hasSize(1000);
    }
}
