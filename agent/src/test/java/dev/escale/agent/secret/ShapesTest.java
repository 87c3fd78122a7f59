package dev.escale.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
    private final Masker masker = new Masker(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect postgres://me:s3cr3t@db:5432/x | connect postgres://me:•••@db:5432/x",
                "redis://:pass@cache | redis://:•••@cache",
                "Authorization: Bearer abc.def | Authorization: Bearer •••",
                "authorization=Basic dXNlcjpwYXNz, next | authorization=Basic •••, next",
                "{\"Authorization\":\"token abcdef\"} | {\"Authorization\":\"token •••\"}",
                "token ghp_abcdefghijklmnopqrstuvwx0123456789 used | token ••• used",
                "glpat-abcdefghij0123456789 | •••",
                "esc_abcdefghij0123456789abcdefghij | •••",
                "AKIAIOSFODNN7EXAMPLE | •••",
                "jwt eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abcdefgh | jwt •••",
            })
    void masks(String text, String masked) {
        assertThat(masker.mask(text)).isEqualTo(masked);
    }

    @Test
    void masksPrivateKeys() {
        assertThat(
                        masker.mask(
                                "-----BEGIN RSA PRIVATE KEY-----\n"
                                        + "abc\n"
                                        + "def\n"
                                        + "-----END RSA PRIVATE KEY-----"))
                .isEqualTo("-----BEGIN RSA PRIVATE KEY-----•••-----END RSA PRIVATE KEY-----");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET https://example.com:8080/a@b",
                "user@example.com wrote",
                "http://localhost:3000/ ready",
                "task-sk-1 done",
                "the bearer of news"
            })
    void leavesTheRest(String text) {
        assertThat(masker.mask(text)).isEqualTo(text);
    }
}
