package dev.escale.agent.command;

import dev.escale.agent.link.Outbox;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Report;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports a deployment through the outbox. Output goes in batches of up to 100 lines or 40 ms; all
 * else at once, after the output that came before it.
 */
final class OutboxReporter implements DeploymentReporter {
    private static final System.Logger LOG = System.getLogger(OutboxReporter.class.getName());
    private static final int BATCH = 100;

    /** JSON may make six of one character, and the control plane takes 1 MiB a message. */
    private static final int BATCH_CHARACTERS = 100_000;

    private static final Duration PATIENCE = Duration.ofMillis(40);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** So long an ending waits for room on a full disk. */
    static final Duration ROOM = Duration.ofSeconds(30);

    private static final int EVIDENCE = 100;
    private static final int LONGEST = 4096;
    private static final String OURS = "escale";

    private final Courses courses;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Runnable atSwitch;
    private final List<OutputLine> pending = new ArrayList<>();
    private int pendingSize;
    private Course course;
    private Duration room = ROOM;

    OutboxReporter(
            Course course, Courses courses, Outbox outbox, InstantSource clock, Runnable atSwitch) {
        this.atSwitch = atSwitch;
        this.course = course;
        this.courses = courses;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Another time than {@link #ROOM}. */
    synchronized void room(Duration other) {
        room = other;
    }

    @Override
    public synchronized void step(
            Step step, StepState state, @Nullable Duration took, @Nullable Note note) {
        flush();
        Double seconds = took == null ? null : took.toMillis() / 1000.0;
        tell(
                new Report.StepChanged(
                        course.deployment(), step, state, clock.instant(), seconds, note));
    }

    @Override
    public synchronized void line(String source, String text) {
        int size = text.length() + 1;
        if (!source.equals(OURS) && course.bytes() + size > course.limit()) {
            if (course.left() == 0) {
                add(OURS, "From here on the output is left out: over " + size(course.limit()));
            }
            course = course.leaving(size);
            return;
        }
        course = course.taking(size);
        add(source, text);
    }

    @Override
    public synchronized void detected(
            String commit, String subject, String author, List<Finding> findings) {
        flush();
        tell(new Report.Detected(course.deployment(), commit, subject, author, findings));
    }

    @Override
    public synchronized void switched(long release, @Nullable Integer port) {
        flush();
        tell(
                new Report.Switched(
                        course.deployment(), course.app(), release, clock.instant(), port));
        atSwitch.run();
    }

    @Override
    public synchronized void ended(
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence) {
        if (!courses.end(course.deployment())) {
            return;
        }
        if (course.left() > 0) {
            String lines = String.format(Locale.ROOT, "%,d", course.left());
            add(OURS, lines + " lines of output were left out, " + size(course.leftBytes()));
        }
        flush();
        insist(
                new Report.Ended(
                        course.deployment(),
                        course.app(),
                        ending,
                        serving,
                        reason,
                        lastOf(evidence)));
    }

    @Override
    public synchronized void certificateWanted(List<String> names, String csr) {
        flush();
        outbox.append(new Report.CertificateWanted(course.app(), names, csr));
    }

    /**
     * What tells the course is lost on a full disk: nobody may stop working, or leave a bad release
     * where it is, for want of a report. The ending says what came of it all.
     */
    private void tell(Report report) {
        try {
            outbox.append(report);
        } catch (UncheckedIOException full) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lost, as the disk is full: {0} of {1}",
                    report.getClass().getSimpleName(),
                    course.deployment());
        }
    }

    /** Waits some time for room on the disk. */
    private void insist(Report.Ended ending) {
        long end = System.nanoTime() + room.toNanos();
        while (true) {
            try {
                outbox.append(ending);
                return;
            } catch (UncheckedIOException full) {
                if (System.nanoTime() > end || !pause()) {
                    courses.notEnded(ending.deployment());
                    throw full;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void add(String source, String text) {
        long millis = Duration.between(course.startedAt(), clock.instant()).toMillis();
        OutputLine line = clean(new OutputLine(Math.max(0, millis), source, text));
        pending.add(line);
        pendingSize += line.text().length();
        if (pending.size() >= BATCH || pendingSize >= BATCH_CHARACTERS) {
            flush();
        } else if (pending.size() == 1) {
            Thread.ofVirtual().name("output").start(this::flushSoon);
        }
    }

    private void flushSoon() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            flush();
        }
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        var lines = List.copyOf(pending);
        pending.clear();
        pendingSize = 0;
        try {
            outbox.append(new Report.Output(course.deployment(), course.nextLine(), lines));
            course = course.at(course.nextLine() + lines.size());
            courses.store(course);
        } catch (UncheckedIOException full) {
            // A build that fills the disk fails by its own words; its reporter must not die of it.
            lines.forEach(line -> course = course.leaving(line.text().length()));
        }
    }

    /** Neither database takes a NUL character; an escape sequence may be cut, a character not. */
    private static OutputLine clean(OutputLine line) {
        String text = line.text().replace('\0', '\uFFFD');
        if (text.length() > LONGEST) {
            boolean pair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
            text = text.substring(0, pair ? LONGEST - 1 : LONGEST);
        }
        return new OutputLine(line.millis(), line.source(), text);
    }

    private static List<OutputLine> lastOf(List<OutputLine> evidence) {
        var last = new ArrayList<OutputLine>();
        int size = 0;
        for (OutputLine line : evidence.reversed()) {
            size += Math.min(LONGEST, line.text().length());
            if (size > BATCH_CHARACTERS || last.size() == EVIDENCE) {
                break;
            }
            last.add(clean(line));
        }
        return last.reversed();
    }

    private static String size(long bytes) {
        return bytes < 10 << 20 ? (bytes >> 10) + " kB" : (bytes >> 20) + " MB";
    }
}
