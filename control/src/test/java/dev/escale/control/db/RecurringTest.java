package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RecurringTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(RecurringTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(lines);
        lines.start();
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
    }

    @Test
    void thatTheDatabaseIsAwayIsSaidOnceInOneLineAndThatItIsBackOnce() {
        try (var work = new Recurring("digging", log, () -> {})) {
            for (int round = 0; round < 3; round++) {
                work.guarded(() -> fail("08006"));
            }
            work.guarded(() -> fail("53100"));
            work.guarded(() -> {});
            work.guarded(() -> {});
            work.guarded(() -> fail("08006"));
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "digging waits, database=unreachable",
                        "digging waits, database=full",
                        "digging goes on",
                        "digging waits, database=unreachable");
        assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void whatIsWrongWithTheWorkItselfIsLoggedWholeEachTime() {
        try (var work = new Recurring("digging", log, () -> {})) {
            for (int round = 0; round < 2; round++) {
                work.guarded(
                        () -> {
                            throw new IllegalStateException("a bug");
                        });
            }
        }

        assertThat(lines.list).hasSize(2).allMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void aRoundEndsWhenTheDatabaseIsAwayAndLogsNothingItself() {
        List<String> done = new ArrayList<>();

        try (var work = new Recurring("digging", log, () -> {})) {
            work.guarded(
                    () ->
                            Round.over(
                                    List.of("08006", "none"),
                                    log,
                                    "digging a hole",
                                    each -> {
                                        done.add(each);
                                        fail(each);
                                    }));
        }

        assertThat(done).containsExactly("08006");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("digging waits, database=unreachable");
    }

    private static void fail(String state) {
        throw new DataAccessException("it failed", new SQLException("x", state));
    }
}
