package dev.escale.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.agent.link.Outbox;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Limits;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Report;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxReporterTest {
    @TempDir Path home;

    /** An outbox that is closed takes as little as one without room. */
    @Test
    void onAFullDiskTheCourseIsLostAndTheEndingWaitsForRoom() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", Limits.DEFAULT);
        outbox.close();
        reporter.step(Step.WATCH, StepState.FAILED, null, null);
        reporter.step(Step.TAKE_BACK, StepState.WORKING, null, null);
        reporter.switched(1, null);

        reporter.room(Duration.ZERO);
        assertThatThrownBy(() -> reporter.ended(Ending.ROLLED_BACK, null, null, List.of()))
                .isInstanceOf(UncheckedIOException.class);

        outbox = new Outbox(home, InstantSource.system());
        var later = new Courses(home, outbox, InstantSource.system());
        outbox.replay(later::learn);
        later.resume("dep_1", "app_1").ended(Ending.ROLLED_BACK, null, null, List.of());
        assertThat(reports()).singleElement().isInstanceOf(Report.Ended.class);
        assertThat(courses.end("dep_1")).as("may be told again").isTrue();
    }

    private Outbox outbox;
    private Courses courses;

    @BeforeEach
    void begin() throws Exception {
        outbox = new Outbox(home, InstantSource.system());
        courses = new Courses(home, outbox, InstantSource.system());
    }

    @AfterEach
    void end() throws Exception {
        outbox.close();
    }

    @Test
    void numbersLinesWithoutGapsInBatches() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", Limits.DEFAULT);
        for (int i = 1; i <= 250; i++) {
            reporter.line("build", "line " + i);
        }
        reporter.step(Step.BUILD, StepState.DONE, null, null);

        assertThat(output()).extracting(Report.Output::first).first().isEqualTo(1L);
        assertThat(lines()).extracting(OutputLine::text).containsExactlyElementsOf(expected(250));
        assertGapless();
        assertThat(reports().getLast()).isInstanceOf(Report.StepChanged.class);
    }

    @Test
    void flushesALoneLineByItself() throws Exception {
        courses.begin("dep_1", "app_1", Limits.DEFAULT).line("build", "alone");

        while (outbox.written() == 0) {
            Thread.onSpinWait();
        }

        assertThat(lines()).extracting(OutputLine::text).containsExactly("alone");
    }

    @Test
    void goesOnCountingAfterARestartAlsoWhenItsNoteIsOld() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", Limits.DEFAULT);
        reporter.line("build", "line 1");
        reporter.step(Step.BUILD, StepState.WORKING, null, null);
        Course old = Course.begin("dep_1", "app_1", InstantSource.system().instant(), 1 << 20);
        courses.store(old);

        var later = new Courses(home, outbox, InstantSource.system());
        outbox.replay(later::learn);
        var resumed = later.resume("dep_1", "app_1");
        resumed.line("build", "line 2");
        resumed.ended(Ending.FAILED, null, null, List.of());

        assertThat(lines()).extracting(OutputLine::text).containsExactlyElementsOf(expected(2));
        assertGapless();
    }

    @Test
    void keepsTheOutputWithinItsLimitAndSaysHowMuchIsMissing() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", new Limits(900, 2048, 5_000, 2048, 1800, 5));
        for (int i = 0; i < 1000; i++) {
            reporter.line("build", "0123456789".repeat(10));
        }
        reporter.ended(Ending.FAILED, 3L, null, List.of());

        List<OutputLine> lines = lines();
        assertThat(lines).hasSizeBetween(45, 55);
        assertThat(lines.getLast().text()).startsWith("951 lines of output were left out");
        assertThat(lines.getLast().source()).isEqualTo("escale");
    }

    @Test
    void endsOnce() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", Limits.DEFAULT);

        reporter.ended(Ending.LIVE, 3L, null, List.of());
        reporter.ended(Ending.FAILED, null, null, List.of());

        assertThat(reports()).hasSize(1);
    }

    @Test
    void cutsLongLinesBetweenCharactersAndTakesOutWhatNoDatabaseStores() throws Exception {
        var reporter = courses.begin("dep_1", "app_1", Limits.DEFAULT);
        reporter.line("build", "x".repeat(4095) + "😀");
        reporter.line("build", "a\0b");
        reporter.step(Step.BUILD, StepState.DONE, null, null);

        assertThat(lines().getFirst().text()).isEqualTo("x".repeat(4095));
        assertThat(lines().getLast().text()).isEqualTo("a\uFFFDb");
    }

    private List<Report> reports() throws Exception {
        var all = new ArrayList<Report>();
        outbox.replay(all::add);
        return all;
    }

    private List<Report.Output> output() throws Exception {
        return reports().stream()
                .filter(Report.Output.class::isInstance)
                .map(Report.Output.class::cast)
                .toList();
    }

    private List<OutputLine> lines() throws Exception {
        return output().stream().flatMap(output -> output.lines().stream()).toList();
    }

    private void assertGapless() throws Exception {
        long next = 1;
        for (Report.Output output : output()) {
            assertThat(output.first()).isEqualTo(next);
            next += output.lines().size();
        }
    }

    private static List<String> expected(int count) {
        var lines = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            lines.add("line " + i);
        }
        return lines;
    }
}
