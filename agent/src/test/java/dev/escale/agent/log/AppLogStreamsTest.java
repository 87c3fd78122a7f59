package dev.escale.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.link.Uplink;
import dev.escale.agent.release.AppLogFiles;
import dev.escale.protocol.AppLine;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AppLogStreamsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir Path folder;
    private Path out;
    private Path err;
    private final FakeUplink uplink = new FakeUplink();
    private AppLogStreams streams;

    @BeforeEach
    void begin() throws Exception {
        out = folder.resolve("app-out.log");
        err = folder.resolve("app-error.log");
        Files.writeString(out, "");
        Files.writeString(err, "");
        streams =
                new AppLogStreams(
                        app ->
                                app.equals("app_1")
                                        ? Optional.of(new AppLogFiles(out, err))
                                        : Optional.empty(),
                        _ -> List.of("hunter22"),
                        uplink,
                        InstantSource.system());
    }

    @AfterEach
    void end() {
        streams.unfollow("s1");
    }

    @Test
    void sendsTheLastLinesFirstMergedByTimeThenWhatComes() throws Exception {
        print(out, 1, "one");
        print(err, 2, "two");
        print(out, 3, "three");

        follow(2);

        assertThat(uplink.lines(2)).extracting(AppLine::text).containsExactly("two", "three");
        print(err, 4, "four");
        List<AppLine> next = uplink.lines(1);
        assertThat(next).containsExactly(new AppLine(NOON.plusSeconds(4), "stderr", "four"));
    }

    @Test
    void beginsThoughTheAppNeverStopsPrinting() throws Exception {
        byte[] much = "2026-11-23T12:00:01.000Z again and again\n".repeat(2_000).getBytes(UTF_8);
        var printing =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (var file = Files.newOutputStream(out)) {
                                        // an end, so that no fault fills the disk
                                        for (int i = 0; i < 5_000 && !Thread.interrupted(); i++) {
                                            file.write(much);
                                        }
                                    } catch (IOException closed) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try {
            while (Files.size(out) < much.length) {
                Thread.onSpinWait();
            }
            follow(10);
            assertThat(uplink.lines(1)).isNotEmpty();
            assertThat(printing.isAlive()).isTrue();
        } finally {
            printing.interrupt();
            printing.join();
        }
    }

    @Test
    void masksSecretsAndSplitsWhatWasPrintedAtOnce() throws Exception {
        follow(0);
        print(out, 1, "password is hunter22\\nsecond line");

        assertThat(uplink.lines(2))
                .extracting(AppLine::text)
                .containsExactly("password is •••", "second line");
    }

    @Test
    void goesOnWhenTheFileIsMovedAwayOrEmptied() throws Exception {
        follow(10);
        print(out, 1, "one");
        assertThat(uplink.lines(1)).extracting(AppLine::text).containsExactly("one");

        Files.move(out, folder.resolve("app-out.log.1"));
        print(out, 2, "two");
        assertThat(uplink.lines(1)).extracting(AppLine::text).containsExactly("two");

        Files.writeString(out, "");
        uplink.awaitQuiet();
        print(out, 3, "3");
        assertThat(uplink.lines(1)).extracting(AppLine::text).containsExactly("3");
    }

    @Test
    void countsWhatTheLinkDoesNotTake() throws Exception {
        follow(0);
        uplink.congested = true;
        for (int i = 1; i <= 500; i++) {
            print(out, i, "line " + i);
        }
        while (uplink.refused < 500) {
            Thread.onSpinWait();
        }
        uplink.congested = false;
        print(out, 501, "at last");

        FromAgent.Lines message = uplink.message();
        assertThat(message.dropped()).isEqualTo(500);
        assertThat(message.first()).isEqualTo(501);
        assertThat(message.lines()).extracting(AppLine::text).containsExactly("at last");
    }

    @Test
    void takesLinesThatAreNoRecordsAsTheyAre() throws Exception {
        follow(0);
        Files.writeString(out, "plain\n{\"broken\n", StandardOpenOption.APPEND);

        assertThat(uplink.lines(2)).extracting(AppLine::text).containsExactly("plain", "{\"broken");
    }

    @Test
    void endsWithItsConnectionAndSaysWhenThereIsNoSuchApp() throws Exception {
        follow(0);
        uplink.connection = 2;
        print(out, 1, "unheard");

        assertThat(streams.follow(new Order.FollowAppLog("s2", "app_2", 10)))
                .isInstanceOf(Outcome.Failed.class);
        uplink.awaitQuiet();
        assertThat(uplink.messages).isEmpty();
    }

    private void follow(int backlog) throws Exception {
        assertThat(streams.follow(new Order.FollowAppLog("s1", "app_1", backlog)))
                .isEqualTo(new Outcome.Done());
        uplink.awaitQuiet();
    }

    private static void print(Path file, int second, String message) throws Exception {
        String record =
                "{\"message\":\"%s\\n\",\"timestamp\":\"%s\",\"type\":\"out\",\"process_id\":0}\n"
                        .formatted(message, NOON.plusSeconds(second));
        Files.writeString(file, record, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static final class FakeUplink implements Uplink {
        private final BlockingQueue<FromAgent.Lines> messages = new LinkedBlockingQueue<>();
        private volatile boolean congested;
        private volatile long connection = 1;
        private volatile int refused;
        private volatile int looks;

        @Override
        public boolean offer(FromAgent message) {
            var lines = (FromAgent.Lines) message;
            if (congested) {
                refused += lines.lines().size();
                return false;
            }
            return messages.add(lines);
        }

        @Override
        public void answer(FromAgent message) {
            throw new AssertionError(message);
        }

        @Override
        public long connection() {
            looks++;
            return connection;
        }

        /** Until the follower has looked around twice more. */
        void awaitQuiet() {
            int before = looks;
            while (looks < before + 2 && connection == 1) {
                Thread.onSpinWait();
            }
        }

        FromAgent.Lines message() throws InterruptedException {
            FromAgent.Lines message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no lines came");
            }
            return message;
        }

        List<AppLine> lines(int count) throws InterruptedException {
            var lines = new ArrayList<AppLine>();
            while (lines.size() < count) {
                lines.addAll(message().lines());
            }
            return lines;
        }
    }
}
