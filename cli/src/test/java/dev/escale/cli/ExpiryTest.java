package dev.escale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource({
        "12h, 2026-11-28T22:00:00Z",
        "30d, 2026-12-28T10:00:00Z",
        "8w, 2027-01-23T10:00:00Z",
        "2027-01-31, 2027-01-31T23:00:00Z",
        "2027-01-31T08:00:00Z, 2027-01-31T08:00:00Z"
    })
    void isALengthADayToItsEndOrATime(String text, Instant expected) {
        assertThat(Expiry.of(text, NOW, PARIS)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "d", "0d", "-1d", "30 days", "1000000d", "2027-02-30", "T"})
    void isNothingElse(String text) {
        assertThat(Expiry.of(text, NOW, PARIS)).isEmpty();
    }

    @Test
    void theLongestLengthStillFits() {
        assertThat(Expiry.of("99999w", NOW, PARIS)).isPresent();
    }
}
