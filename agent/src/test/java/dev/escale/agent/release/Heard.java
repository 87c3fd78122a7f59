package dev.escale.agent.release;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Remembers what a deployment told. */
final class Heard implements DeploymentReporter {
    final List<String> course = Collections.synchronizedList(new ArrayList<>());
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    final Map<Step, Duration> took = Collections.synchronizedMap(new EnumMap<>(Step.class));
    final CountDownLatch switched = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    final long began = System.nanoTime();
    private final BiConsumer<List<String>, String> authority;
    volatile long switchedAfterMillis = -1;
    volatile int port;
    volatile @Nullable End end;

    /** What it told at its end. */
    record End(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence) {}

    Heard(BiConsumer<List<String>, String> authority) {
        this.authority = authority;
    }

    @Override
    public void step(Step step, StepState state, @Nullable Duration time, @Nullable Note note) {
        if (state != StepState.WORKING) {
            course.add(step + " " + state);
        }
        if (time != null) {
            took.put(step, time);
        }
        if (note != null) {
            notes.add(note.code());
        }
    }

    @Override
    public void line(String source, String text) {
        lines.add(text);
    }

    @Override
    public void detected(String commit, String subject, String author, List<Finding> findings) {
        for (Finding finding : findings) {
            Note note = finding.note();
            if (note != null) {
                warnings.add(note.code() + new TreeMap<>(note.facts()));
            }
        }
    }

    @Override
    public void switched(long release, @Nullable Integer at) {
        switchedAfterMillis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        port = at == null ? 0 : at;
        switched.countDown();
    }

    @Override
    public void ended(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence) {
        end = new End(ending, serving, reason, evidence);
        over.countDown();
    }

    @Override
    public void certificateWanted(List<String> names, String csr) {
        Thread.ofVirtual().start(() -> authority.accept(names, csr));
    }

    End verdict() {
        End now = end;
        if (now == null) {
            throw new AssertionError("not ended; " + course);
        }
        return now;
    }

    String reason() {
        Note reason = verdict().reason();
        return reason == null ? "" : reason.code();
    }

    void awaitSwitch() throws InterruptedException {
        if (!switched.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("never switched; " + course + " " + end);
        }
    }

    void awaitEnd() throws InterruptedException {
        if (!over.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("never ended; " + course);
        }
    }
}
