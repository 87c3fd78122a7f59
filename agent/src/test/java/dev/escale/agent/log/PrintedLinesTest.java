package dev.escale.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.secret.Masker;
import dev.escale.protocol.log.LogLevel;
import dev.escale.protocol.log.LogLine;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedLinesTest {
    private final List<LogLine> lines = new ArrayList<>();
    private long position;
    private PrintedLines maker = maker(Spot.BEGIN);

    @Test
    void tellsWhereFromWhenAndWhichRelease() {
        take("hello\\n");
        maker.flush(lines);

        LogLine line = lines.getFirst();
        assertThat(line.file()).isEqualTo("app_1/out");
        assertThat(line.app()).isEqualTo("shop");
        assertThat(line.release()).isEqualTo(7);
        assertThat(line.type()).isEqualTo("stdout");
        assertThat(line.level()).isEqualTo(LogLevel.INFO);
        assertThat(line.at()).hasToString("2026-11-23T13:00:01+01:00");
        assertThat(line.text()).isEqualTo("hello");
        assertThat(line.position()).isEqualTo("0");
        assertThat(line.next()).isEqualTo(Long.toString(position));
    }

    @Test
    void splitsWhatWasPrintedAtOnceAndNumbersIt() {
        take("one\\ntwo\\nthree\\n");
        maker.flush(lines);

        assertThat(lines).extracting(LogLine::text).containsExactly("one", "two", "three");
        assertThat(lines).extracting(LogLine::position).containsExactly("0", "0.1", "0.2");
        assertThat(lines)
                .extracting(LogLine::next)
                .containsExactly("0.1", "0.2", Long.toString(position));
    }

    @Test
    void goesOnInTheMiddleOfARecord() {
        maker = maker(Spot.parse("0.2"));
        take("one\\ntwo\\nthree\\n");
        maker.flush(lines);

        assertThat(lines).extracting(LogLine::text).containsExactly("three");
    }

    @Test
    void putsTogetherWhatWasWrittenInPieces() {
        take("one li");
        take("ne and\\nanother ");
        assertThat(maker.held()).isEqualTo("0");
        take("one\\n");
        maker.flush(lines);

        assertThat(lines).extracting(LogLine::text).containsExactly("one line and", "another one");
    }

    @Test
    void keepsStackTracesTogether() {
        take("Error: gone\\n    at a (b.js:1:2)\\n    at c (d.js:3:4)\\n");
        take("  [cause]: Error: other\\n}\\n");
        take("next\\n");
        take(
                "Traceback (most recent call last):\\n"
                        + "  File \\\"a.py\\\", line 1\\n"
                        + "ValueError: no\\n"
                        + "after\\n");
        maker.flush(lines);

        assertThat(lines)
                .extracting(LogLine::text)
                .containsExactly(
                        "Error: gone\n"
                                + "    at a (b.js:1:2)\n"
                                + "    at c (d.js:3:4)\n"
                                + "  [cause]: Error: other\n"
                                + "}",
                        "next",
                        "Traceback (most recent call last):\n"
                                + "  File \"a.py\", line 1\n"
                                + "ValueError: no",
                        "after");
        assertThat(lines.getFirst().level()).isEqualTo(LogLevel.ERROR);
    }

    @Test
    void doesNotMixWhatTwoReleasesPrint() {
        take("shop-7", "half ");
        take("shop-8", "other\\n");
        take("shop-7", "  rest\\n");
        maker.flush(lines);

        assertThat(lines).extracting(LogLine::text).containsExactly("half ", "other", "  rest");
        assertThat(lines).extracting(LogLine::release).containsExactly(7L, 8L, 7L);
    }

    @Test
    void masksASecretThatIsWrittenInPieces() {
        take("key is hunt");
        take("er22-long and on\\n");
        take("key is hunter22");
        maker.flush(lines);
        take("-long too late\\n");
        maker.flush(lines);

        assertThat(lines)
                .extracting(LogLine::text)
                .containsExactly("key is ••• and on", "key is •••", "••• too late");
    }

    @Test
    void cutsWhatNeverEnds() {
        for (int i = 0; i < 10; i++) {
            take("x".repeat(60_000));
        }
        maker.flush(lines);

        assertThat(lines).hasSize(10).allSatisfy(line -> assertThat(line.text()).hasSize(60_000));
    }

    @Test
    void readsWhatIsLongerThanAJsonReaderTakes() {
        take("\\\"quoted\\\" \\u00e9\\t\\\\n " + "x".repeat(60_000) + "\\n");
        maker.flush(lines);

        LogLine line = lines.getFirst();
        assertThat(lines).hasSize(1);
        assertThat(line.text()).isEqualTo("\"quoted\" \u00e9\t\\n " + "x".repeat(60_000));
        assertThat(line.release()).isEqualTo(7);
        assertThat(line.at()).hasToString("2026-11-23T13:00:01+01:00");
    }

    @Test
    void takesWhatIsNoRecordAsItIs() {
        maker.take(new RawRecord(0, 6, "plain", false), lines);
        maker.take(new RawRecord(6, 15, "{\"broken", false), lines);
        maker.flush(lines);

        assertThat(lines).extracting(LogLine::text).containsExactly("plain", "{\"broken");
    }

    @Test
    void countsLinesInBytes() {
        byte[] bytes =
                Records.record(1, "shop-7", "one\\ntwo \\\\n\\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(maker.count(bytes, bytes.length)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"level\":\"warn\",\"msg\":\"x\"} | WARN",
                "{\"level\":50,\"msg\":\"x\"} | ERROR",
                "{\"severity\":\"NOTICE\"} | INFO",
                "2026-11-23 12:00:00,123 ERROR Main - gone | ERROR",
                "[debug] cache hit | DEBUG",
                "level=warning msg=slow | WARN",
                "TypeError: x is not a function | ERROR",
                "java.lang.IllegalStateException: no | ERROR",
                "Warning: deprecated | WARN",
                "(node:1) DeprecationWarning: old | WARN",
                "GET /errors 200 | INFO",
                "no errors found | INFO",
                "a \u001b[33mWARN\u001b[0m slow | WARN"
            })
    void detectsTheLevel(String text, LogLevel level) {
        take(text.replace("\"", "\\\"").replace("\u001b", "\\u001b") + "\\n");
        maker.flush(lines);

        assertThat(lines.getFirst().level()).isEqualTo(level);
    }

    private void take(String message) {
        take("shop-7", message);
    }

    private void take(String process, String message) {
        String record = Records.record(1, process, message);
        long next = position + record.length();
        maker.take(new RawRecord(position, next, record.strip(), false), lines);
        position = next;
    }

    private static PrintedLines maker(Spot begin) {
        var masker = new Masker(List.of("hunter22-long"));
        return new PrintedLines(
                new PrintedLines.Origin("app_1/out", "stdout", "shop"),
                () -> masker,
                ZoneId.of("Europe/Paris"),
                begin);
    }
}
