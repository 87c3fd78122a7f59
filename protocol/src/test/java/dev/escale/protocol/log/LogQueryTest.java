package dev.escale.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code queries.json}, which the pages' own filter must pass too. */
class LogQueryTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-28T12:00:00+01:00");

    static Stream<Map<String, Object>> cases() throws IOException {
        try (InputStream json =
                Objects.requireNonNull(LogQueryTest.class.getResourceAsStream("queries.json"))) {
            return Jsonb.builder().build().type(Object.class).map().list().fromJson(json).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decides(Map<String, Object> wanted) {
        String query = text(wanted.get("query"));
        if (wanted.get("refused") instanceof String code) {
            assertThatThrownBy(() -> LogQuery.parse(query))
                    .asInstanceOf(type(QueryRefused.class))
                    .extracting(QueryRefused::code)
                    .isEqualTo(code);
        } else {
            assertThat(
                            LogQuery.parse(query)
                                    .matches(
                                            line(
                                                    (Map<?, ?>)
                                                            Objects.requireNonNull(
                                                                    wanted.get("line")))))
                    .isEqualTo(wanted.get("matches"));
        }
    }

    @Test
    void hasBounds() {
        assertThatThrownBy(() -> LogQuery.parse("x".repeat(1001)))
                .hasMessageStartingWith("query.tooLong");
        assertThatThrownBy(() -> LogQuery.parse("x ".repeat(31)))
                .hasMessageStartingWith("query.tooMany");
    }

    /** An expression that takes other engines longer than the world has been there. */
    @Test
    void isNeverHeldUpByAnExpression() {
        LogQuery query = LogQuery.parse("/(a*)*b/");
        var line = line(Map.of("text", "a".repeat(5000)));

        assertThat(java.util.concurrent.CompletableFuture.supplyAsync(() -> query.matches(line)))
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(false);
    }

    private static LogLine line(Map<?, ?> of) {
        Map<String, String> fields = new java.util.HashMap<>();
        if (of.get("fields") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> fields.put((String) name, (String) value));
        }
        return new LogLine(
                "app_1/out",
                "0",
                "1",
                NOON,
                of.get("type") instanceof String type ? type : "stdout",
                of.get("level") instanceof String level ? LogLevel.valueOf(level) : LogLevel.INFO,
                (String) of.get("app"),
                of.get("release") instanceof Number number ? number.longValue() : null,
                fields,
                text(of.get("text")));
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }

    @Test
    void keepsItsText() {
        assertThat(LogQuery.parse("  a b "))
                .extracting(LogQuery::text, query -> query.terms().size())
                .isEqualTo(List.of("a b", 2));
    }
}
