package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.GrowingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {
    @TempDir Path folder;
    private Path file;
    private GrowingText text;

    @BeforeEach
    void begin() {
        file = folder.resolve("a.log");
        text = new GrowingText(file);
    }

    @Test
    void givesWholeRecordsWithTheirPositions() throws Exception {
        append("one\ntwo\nthr");
        try (var reader = new TextReader(text, 0)) {
            assertThat(reader.read())
                    .containsExactly(
                            new RawRecord(0, 4, "one", false), new RawRecord(4, 8, "two", false));
            append("ee\n");
            assertThat(reader.read()).containsExactly(new RawRecord(8, 14, "three", false));
        }
    }

    @Test
    void goesOnWhereItWasOverRotationsAndLateWriters() throws Exception {
        append("one\n");
        var reader = new TextReader(text, 0);
        assertThat(texts(reader)).containsExactly("one");
        text.rotate();
        Path rotated = text.parts().getFirst().path();
        Files.writeString(rotated, "late\n", StandardOpenOption.APPEND);
        append("two\n");

        assertThat(texts(reader)).containsExactly("late");
        assertThat(texts(reader)).as("it may still grow").isEmpty();
        settle(rotated);
        assertThat(texts(reader)).containsExactly("two");
        long place = reader.position();
        reader.close();

        append("three\n");
        try (var again = new TextReader(text, place)) {
            assertThat(again.takeJump()).isNull();
            assertThat(texts(again)).containsExactly("three");
        }
    }

    @Test
    void positionsOnlyGrowAndSayWhichPartsAreGone() throws Exception {
        append("one\n");
        text.rotate();
        append("two\n");
        text.rotate();
        append("three\n");
        assertThat(text.parts()).hasSize(3);
        assertThat(text.parts()).isSortedAccordingTo((a, b) -> Long.compare(a.start(), b.start()));
        long second = text.parts().get(1).start();

        text.keep(4);

        assertThat(text.parts()).hasSize(2);
        try (var reader = new TextReader(text, 0)) {
            assertThat(reader.takeJump()).isEqualTo(new TextReader.Jump(0, second, "gone"));
            text.parts().forEach(part -> settle(part.path()));
            assertThat(texts(reader)).containsExactly("two", "three");
        }
    }

    @Test
    void saysThatSomebodyEmptiedOrReplacedTheFile() throws Exception {
        append("one\ntwo\n");
        try (var reader = new TextReader(text, 0)) {
            assertThat(texts(reader)).hasSize(2);
            Files.writeString(file, "");
            append("3\n");
            assertThat(texts(reader)).containsExactly("3");
            assertThat(reader.takeJump()).isEqualTo(new TextReader.Jump(8, 0, "cut"));

            Files.move(file, folder.resolve("taken-away"));
            append("four\n");
            assertThat(texts(reader)).containsExactly("four");
            assertThat(reader.takeJump()).isEqualTo(new TextReader.Jump(2, 0, "cut"));
        }
    }

    @Test
    void survivesWhatIsNoTextAndWhatNeverEnds() throws Exception {
        Files.write(file, "\u00ff\u0000caf\u00e9\n".getBytes(ISO_8859_1));
        append("x".repeat(2 << 20) + "\nafter\n");
        try (var reader = new TextReader(text, 0)) {
            List<RawRecord> records = new ArrayList<>();
            for (List<RawRecord> more; !(more = reader.read()).isEmpty() || records.size() < 3; ) {
                records.addAll(more);
            }
            assertThat(records.get(0).text()).isEqualTo("\uFFFD\u0000caf\uFFFD");
            assertThat(records.get(1).cut()).isTrue();
            assertThat(records.get(1).text()).hasSize(512 << 10);
            assertThat(records.get(2).text()).isEqualTo("after");
        }
    }

    @Test
    void skipsToTheBeginningOfARecordAndCounts() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            append("line " + i + "\n");
        }
        try (var reader = new TextReader(text, 0)) {
            reader.read();
            long skipped = reader.skip(reader.behind() - 100, TextReaderTest::lines);
            List<RawRecord> left = reader.read();
            int first = Integer.parseInt(left.getFirst().text().substring(5));
            assertThat(left.getLast().text()).isEqualTo("line 9999");
            assertThat(left).hasSizeBetween(5, 12);
            long read = first - skipped;
            assertThat(left.getFirst().position()).isEqualTo(offset(first));
            assertThat(offset((int) read)).isLessThanOrEqualTo(64 << 10);
        }
    }

    private static long offset(int line) {
        long bytes = 0;
        for (int i = 0; i < line; i++) {
            bytes += ("line " + i + "\n").length();
        }
        return bytes;
    }

    private static long lines(byte[] bytes, int length) {
        long lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void append(String more) throws IOException {
        Files.writeString(file, more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** As if it had been written a while ago. */
    private static void settle(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(10)));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** What comes until nothing does, twice in a row: going to the next part takes a look. */
    private static List<String> texts(TextReader reader) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int quiet = 0; quiet < 3; ) {
            List<RawRecord> more = reader.read();
            more.forEach(record -> texts.add(record.text()));
            quiet = more.isEmpty() ? quiet + 1 : 0;
        }
        return texts;
    }
}
