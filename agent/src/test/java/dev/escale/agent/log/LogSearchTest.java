package dev.escale.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.release.AppLogFiles;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {
    @TempDir Path folder;
    private Path out;
    private Path err;
    private List<LogFile> files;

    @BeforeEach
    void begin() {
        out = folder.resolve("app-out.log");
        err = folder.resolve("app-error.log");
        files =
                new AppLogSources(_ -> Optional.of(new AppLogFiles(out, err)), _ -> List.of())
                        .of(LogSource.app("app_1", "shop"));
    }

    @Test
    void givesTheNewestLinesOfAllFilesInOrder() throws Exception {
        Records.print(out, 1, "one");
        Records.print(err, 2, "two");
        Records.print(out, 3, "three\\nthree again");

        LogSearch.Found found = search("", Map.of(), 3);

        assertThat(found.lines())
                .extracting(LogLine::text)
                .containsExactly("two", "three", "three again");
        assertThat(found.more()).isTrue();
        LogSearch.Found before = search("", found.place(), 3);
        assertThat(before.lines()).extracting(LogLine::text).containsExactly("one");
        assertThat(before.more()).isFalse();
    }

    @Test
    void pagesBackOverRotatedPartsWithoutHoleOrDouble() throws Exception {
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            printed.add("line " + i);
            Records.print(i % 3 == 0 ? err : out, i, "line " + i);
            if (i == 100 || i == 200) {
                files.getFirst().text().rotate();
            }
        }

        List<String> paged = new ArrayList<>();
        Map<String, String> place = Map.of();
        for (boolean more = true; more; ) {
            LogSearch.Found found = search("", place, 17);
            paged.addAll(0, found.lines().stream().map(LogLine::text).toList());
            place = found.place();
            more = found.more();
        }

        assertThat(paged).containsExactlyElementsOf(printed);
    }

    @Test
    void findsARareWordFarBack() throws Exception {
        write(200_000);

        LogSearch.Found found = search("NEEDLE-77 -level:error", Map.of(), 100);

        assertThat(found.lines()).extracting(LogLine::text).containsExactly("needle-77 is here");
        assertThat(found.scanned()).isGreaterThan(10_000_000);
        assertThat(found.more()).isFalse();
    }

    @Test
    void staysWithinARangeOfTime() throws Exception {
        for (int second = 0; second < 60; second++) {
            Records.print(out, second, "line " + second);
        }
        var range =
                new LogSearch(
                        LogQuery.EVERYTHING,
                        Records.NOON.plusSeconds(10),
                        Records.NOON.plusSeconds(13));

        assertThat(range.backwards(files, Map.of(), 100, () -> false).lines())
                .extracting(LogLine::text)
                .containsExactly("line 10", "line 11", "line 12");
    }

    @Test
    void givesUpWhenItIsToldToAndCanGoOn() throws Exception {
        write(100_000);
        var asked = new AtomicInteger();
        var query = LogQuery.parse("needle-77");

        LogSearch.Found some =
                new LogSearch(query, null, null)
                        .backwards(files, Map.of(), 10, () -> asked.incrementAndGet() > 3);
        assertThat(some.lines()).isEmpty();
        assertThat(some.more()).isTrue();

        LogSearch.Found rest =
                new LogSearch(query, null, null).backwards(files, some.place(), 10, () -> false);
        assertThat(rest.lines()).extracting(LogLine::text).containsExactly("needle-77 is here");
    }

    private void write(int records) throws Exception {
        try (BufferedWriter writer = Files.newBufferedWriter(out)) {
            for (int i = 0; i < records; i++) {
                String message = i == 50 ? "needle-77 is here" : "GET /some/path/" + i + " 200";
                writer.write(Records.record(i / 1000, "shop-1", message + "\\n"));
            }
        }
    }

    private LogSearch.Found search(String query, Map<String, String> place, int limit)
            throws Exception {
        return new LogSearch(LogQuery.parse(query), null, null)
                .backwards(files, place, limit, () -> false);
    }
}
