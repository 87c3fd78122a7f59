package dev.escale.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.command.Jvm;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Finding;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Report;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
    @TempDir Path home;

    @Test
    void losesNothingThatItTookWhenItIsKilled() throws Exception {
        long taken;
        try (var jvm = Jvm.run(Writer.class, home)) {
            var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    jvm.process().getInputStream(), StandardCharsets.UTF_8));
            do {
                taken = Long.parseLong(lines.readLine());
            } while (taken < 3000);
            jvm.kill();
        }

        try (var outbox = open()) {
            assertThat(outbox.written()).isGreaterThanOrEqualTo(taken);
            List<FromAgent.Durable> all = read(outbox);
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).sequence()).isEqualTo(i + 1);
            }
            outbox.append(output("after"));
            assertThat(outbox.written()).isEqualTo(all.size() + 1);
        }
    }

    @Test
    void anInterruptOfWhoWritesLeavesItOpenForTheOthers() throws Exception {
        try (var outbox = open()) {
            Thread.currentThread().interrupt();
            outbox.append(output("while it is cancelled"));
            assertThat(Thread.interrupted()).isTrue();

            outbox.append(output("afterwards"));

            assertThat(read(outbox)).hasSize(2);
        }
    }

    @Test
    void whatIsTooLongToBeSentIsCut() throws Exception {
        String tooLong = "\u0001".repeat(2 << 20);
        try (var outbox = open()) {
            outbox.append(
                    new Report.Detected(
                            "dep_1",
                            "c0ffee",
                            tooLong,
                            tooLong,
                            Collections.nCopies(
                                    5_000, Finding.of("start", tooLong, "package.json"))));
            outbox.append(
                    new Report.CommandDone(
                            "cmd_1",
                            new Outcome.Failed(Note.of(Notes.AGENT_FAILURE, "reason", tooLong))));

            assertThat(read(outbox))
                    .hasSize(2)
                    .allSatisfy(
                            report ->
                                    assertThat(Codec.write(FromAgent.class, report).length())
                                            .isLessThan(1 << 20));
        }
    }

    /** Prints the number of each report that it handed over. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            try (var outbox = new Outbox(Path.of(arguments[0]), InstantSource.system())) {
                while (true) {
                    outbox.append(output("a line that is long enough to be torn"));
                    System.out.println(outbox.written());
                }
            }
        }
    }

    @Test
    void cutsOffARecordThatWasNeverFinished() throws Exception {
        try (var outbox = open()) {
            outbox.append(output("one"));
            outbox.append(output("two"));
        }
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);

        for (int cut = 1; cut < 40; cut += 3) {
            Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - cut));
            try (var outbox = open()) {
                assertThat(outbox.written()).isEqualTo(1);
            }
        }
        Files.write(segment, bytes);
        Files.write(segment, new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);

        try (var outbox = open()) {
            assertThat(read(outbox)).hasSize(2);
            outbox.append(output("three"));
            assertThat(read(outbox))
                    .extracting(FromAgent.Durable::sequence)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void countsOnAfterEverythingWasKept() throws Exception {
        try (var outbox = new Outbox(home, InstantSource.system(), 1 << 20, 200)) {
            for (int i = 0; i < 20; i++) {
                outbox.append(output("line " + i));
            }
            outbox.kept(20);
            assertThat(segments()).hasSizeLessThan(3);
        }

        try (var outbox = open()) {
            assertThat(outbox.kept()).isEqualTo(20);
            assertThat(read(outbox)).isEmpty();
            outbox.append(output("next"));
            assertThat(read(outbox).getFirst().sequence()).isEqualTo(21);
        }
    }

    @Test
    void ignoresANumberThatItNeverGave() throws Exception {
        try (var outbox = open()) {
            outbox.append(output("one"));

            outbox.kept(99);

            assertThat(read(outbox)).hasSize(1);
        }
    }

    @Test
    void dropsTheOldestBuildOutputFirstAndSaysSo() throws Exception {
        try (var outbox = new Outbox(home, InstantSource.system(), 200_000, 20_000)) {
            outbox.append(LinkTest.done("cmd_1"));
            for (int i = 0; i < 600; i++) {
                outbox.append(output("x".repeat(1000) + i));
            }
            outbox.append(LinkTest.done("cmd_2"));

            List<FromAgent.Durable> all = read(outbox);
            assertThat(all).hasSize(602);
            assertThat(all.getFirst().report()).isEqualTo(LinkTest.done("cmd_1"));
            assertThat(all.get(1).report()).isEqualTo(new Report.Dropped(1));
            assertThat(all.get(600).report()).isInstanceOf(Report.Output.class);
            assertThat(all.getLast().report()).isEqualTo(LinkTest.done("cmd_2"));
            assertThat(size()).isLessThan(220_000);
        }
    }

    @Test
    void staysWithinItsBoundEvenWhenNothingIsBuildOutput() throws Exception {
        try (var outbox = new Outbox(home, InstantSource.system(), 20_000, 2_000)) {
            for (int i = 0; i < 800; i++) {
                outbox.append(LinkTest.done("cmd_" + i));
            }

            List<FromAgent.Durable> all = read(outbox);
            long gone = ((Report.Dropped) all.getFirst().report()).reports();
            assertThat(all.getFirst().sequence()).isEqualTo(gone);
            assertThat(all.getLast().report()).isEqualTo(LinkTest.done("cmd_799"));
            assertThat(size()).isLessThan(25_000);
        }
        try (var outbox = open()) {
            assertThat(outbox.written()).isEqualTo(800);
        }
    }

    private Outbox open() throws Exception {
        return new Outbox(home, InstantSource.system());
    }

    private static List<FromAgent.Durable> read(Outbox outbox) throws InterruptedException {
        var all = new ArrayList<FromAgent.Durable>();
        long above = 0;
        for (Outbox.Waiting next; (next = outbox.next(above, () -> true, 1)) != null; ) {
            all.add((FromAgent.Durable) Codec.read(FromAgent.class, next.json()));
            above = next.number();
        }
        return all;
    }

    private List<Path> segments() throws Exception {
        try (var files = Files.list(home.resolve("outbox"))) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }

    private long size() throws Exception {
        long size = 0;
        for (Path segment : segments()) {
            size += Files.size(segment);
        }
        return size;
    }

    static Report output(String text) {
        return new Report.Output("dep_1", 1, List.of(new OutputLine(0, "build", text)));
    }
}
