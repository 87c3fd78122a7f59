package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.link.Uplink;
import dev.escale.agent.release.AppLogFiles;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogDeskTest {
    @TempDir Path folder;
    private Path out;
    private Path err;
    private final FakeUplink uplink = new FakeUplink();
    private LogDesk desk;

    @BeforeEach
    void begin() {
        out = folder.resolve("app-out.log");
        err = folder.resolve("app-error.log");
        desk =
                new LogDesk(
                        new AppLogSources(
                                app ->
                                        app.equals("app_1")
                                                ? Optional.of(new AppLogFiles(out, err))
                                                : Optional.empty(),
                                _ -> List.of("hunter22")),
                        uplink);
    }

    @AfterEach
    void end() {
        desk.close("s1");
    }

    @Test
    void sendsTheLastLinesFirstThenWhatComes() throws Exception {
        Records.print(out, 1, "one");
        Records.print(err, 2, "two");
        Records.print(out, 3, "password is hunter22");
        open("", Map.of(), 2);
        desk.credit("s1", 100);

        assertThat(uplink.lines(2))
                .extracting(LogLine::text)
                .containsExactly("two", "password is •••");
        Records.print(err, 4, "four");
        assertThat(uplink.lines(1)).extracting(LogLine::text).containsExactly("four");
    }

    @Test
    void sendsNoMoreThanTheReaderTakes() throws Exception {
        open("", Map.of(), 0);
        uplink.awaitLook();
        for (int i = 0; i < 100; i++) {
            Records.print(out, i, "line " + i);
        }
        desk.credit("s1", 7);

        assertThat(uplink.lines(7)).hasSize(7);
        uplink.awaitLook();
        assertThat(uplink.messages).isEmpty();
        desk.credit("s1", 1000);
        List<LogLine> rest = uplink.lines(93);
        assertThat(rest).hasSize(93);
        assertThat(rest.getFirst().text()).isEqualTo("line 7");
    }

    @Test
    void comesBackWithoutHoleOrDouble() throws Exception {
        open("", Map.of(), 0);
        desk.credit("s1", 1000);
        uplink.awaitLook();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Records.print(i % 2 == 0 ? out : err, i, "line " + i + "\\nmore of " + i);
        }
        while (seen.size() < 40) {
            uplink.message().lines().forEach(line -> seen.add(line.text()));
        }
        Map<String, String> place = uplink.place();
        uplink.connection = 2;
        uplink.messages.clear();
        for (int i = 50; i < 60; i++) {
            Records.print(out, i, "line " + i + "\\nmore of " + i);
        }

        open("", place, 500);
        desk.credit("s1", 1000);
        while (seen.size() < 120) {
            uplink.message().lines().forEach(line -> seen.add(line.text()));
        }
        uplink.awaitLook();
        assertThat(uplink.messages).isEmpty();
        assertThat(seen).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void jumpsWhenTheReaderIsTooSlowAndSaysHowManyLinesAreMissing() throws Exception {
        open("", Map.of(), 0);
        desk.credit("s1", 1);
        uplink.awaitLook();
        Records.print(out, 0, "first");
        assertThat(uplink.lines(1)).extracting(LogLine::text).containsExactly("first");
        int much = 60_000;
        try (var writer =
                Files.newBufferedWriter(out, UTF_8, java.nio.file.StandardOpenOption.APPEND)) {
            for (int i = 0; i < much; i++) {
                writer.write(Records.record(1, "shop-1", "line " + i + "\\n"));
            }
        }

        desk.credit("s1", 1_000_000);
        List<LogLine> lines = new ArrayList<>();
        List<LogGap> gaps = new ArrayList<>();
        while (lines.isEmpty() || !lines.getLast().text().equals("line " + (much - 1))) {
            FromAgent.LogLines message = uplink.message();
            gaps.addAll(message.gaps());
            lines.addAll(message.lines());
        }

        assertThat(gaps).isNotEmpty().allSatisfy(gap -> assertThat(gap.reason()).isEqualTo("slow"));
        assertThat(lines.size() + gaps.stream().mapToLong(LogGap::lines).sum()).isEqualTo(much);
    }

    @Test
    void filtersWhereTheLinesAre() throws Exception {
        open("level:error -healthz", Map.of(), 10);
        desk.credit("s1", 100);
        Records.print(out, 1, "hello");
        Records.print(out, 2, "ERROR at /healthz");
        Records.print(out, 3, "ERROR at /cart");
        Records.print(out, 4, "end of it");

        assertThat(uplink.lines(1)).extracting(LogLine::text).containsExactly("ERROR at /cart");
    }

    @Test
    void searchesAndSaysTheEnd() throws Exception {
        for (int i = 0; i < 20; i++) {
            Records.print(out, i, "line " + i);
        }

        assertThat(desk.search(search("line 1", 5))).isEqualTo(new Outcome.Done());

        assertThat(uplink.lines(5))
                .extracting(LogLine::text)
                .containsExactly("line 15", "line 16", "line 17", "line 18", "line 19");
        FromAgent.LogEnd end = uplink.end();
        assertThat(end.more()).isTrue();
        assertThat(end.place()).containsKeys("app_1/out", "app_1/err");
    }

    @Test
    void endThatOvertakesTheBeginningHolds() throws Exception {
        Records.print(out, 1, "one");

        desk.close("s1");
        open("", Map.of(), 5);
        desk.credit("s1", 10);
        open("", Map.of(), 5);
        desk.credit("s1", 10);

        assertThat(uplink.lines(1)).hasSize(1);
        uplink.awaitLook();
        assertThat(uplink.messages).isEmpty();
    }

    @Test
    void refusesQueriesThatMeanNothingAndAppsThatAreNotHere() {
        assertThat(desk.search(search("/a(b/", 5)))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.reason().code()).isEqualTo(Notes.QUERY_REFUSED));
        var other =
                new Order.OpenLog(
                        "s2", List.of(LogSource.app("app_2", "blog")), "", Map.of(), 0, 0);
        assertThat(desk.open(other))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason().code()).isEqualTo(Notes.APP_UNKNOWN));
    }

    private static Order.SearchLog search(String query, int limit) {
        return new Order.SearchLog(
                "s1",
                List.of(LogSource.app("app_1", "shop")),
                query,
                null,
                null,
                null,
                true,
                limit,
                10);
    }

    private void open(String query, Map<String, String> place, int backlog) {
        var order =
                new Order.OpenLog(
                        "s1", List.of(LogSource.app("app_1", "shop")), query, place, backlog, 0);
        assertThat(desk.open(order)).isEqualTo(new Outcome.Done());
    }

    private static final class FakeUplink implements Uplink {
        private final BlockingQueue<FromAgent.LogLines> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<FromAgent.LogEnd> ends = new LinkedBlockingQueue<>();
        private final Map<String, String> place = new HashMap<>();
        private volatile long connection = 1;
        private volatile int looks;

        @Override
        public boolean offer(FromAgent message) {
            return switch (message) {
                case FromAgent.LogLines lines -> messages.add(lines);
                case FromAgent.LogEnd end -> ends.add(end);
                default -> throw new AssertionError(message);
            };
        }

        @Override
        public void answer(FromAgent message) {
            offer(message);
        }

        @Override
        public long connection() {
            looks++;
            return connection;
        }

        /** Until the stream has looked around again, or waits for credit. */
        void awaitLook() throws InterruptedException {
            int before = looks;
            for (int i = 0; i < 40 && looks < before + 3; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }

        Map<String, String> place() {
            return Map.copyOf(place);
        }

        FromAgent.LogLines message() throws InterruptedException {
            FromAgent.LogLines message = messages.poll(20, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no lines came");
            }
            place.putAll(message.place());
            return message;
        }

        FromAgent.LogEnd end() throws InterruptedException {
            FromAgent.LogEnd end = ends.poll(20, TimeUnit.SECONDS);
            if (end == null) {
                throw new AssertionError("it does not end");
            }
            return end;
        }

        List<LogLine> lines(int count) throws InterruptedException {
            var lines = new ArrayList<LogLine>();
            while (lines.size() < count) {
                lines.addAll(message().lines());
            }
            return lines;
        }
    }
}
