package dev.escale.agent.command;

import dev.escale.agent.link.Outbox;
import dev.escale.agent.release.Reports;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reporter of each deployment, tells of apps without one, and remembers on disk how far
 * it is.
 */
public final class Courses implements Reports {
    private final Path folder;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Map<String, Long> linesInOutbox = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> concluding = new HashSet<>();

    public Courses(Path home, Outbox outbox, InstantSource clock) throws IOException {
        this.folder = Files.createDirectories(home.resolve("journal/deployments"));
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Learns, after a start, what the outbox holds of deployments. */
    synchronized void learn(Report report) {
        switch (report) {
            case Report.Output output ->
                    linesInOutbox.merge(
                            output.deployment(), output.first() + output.lines().size(), Math::max);
            case Report.Ended over -> ended.add(over.deployment());
            case Report.CommandDone _,
                    Report.StepChanged _,
                    Report.Detected _,
                    Report.Switched _,
                    Report.CertificateWanted _,
                    Report.AppChanged _,
                    Report.Dropped _ -> {}
        }
    }

    OutboxReporter begin(String deployment, String app, Limits limits) {
        return begin(deployment, app, limits, () -> {});
    }

    /**
     * @param atSwitch is run when the new release serves
     */
    OutboxReporter begin(String deployment, String app, Limits limits, Runnable atSwitch) {
        Course course = Course.begin(deployment, app, clock.instant(), limits.outputBytes());
        store(course);
        return new OutboxReporter(course, this, outbox, clock, atSwitch);
    }

    /** For one that was under way when the agent died, and that somebody brings to its end now. */
    @Override
    public synchronized OutboxReporter resume(String deployment, String app) {
        if (!ended.contains(deployment)) {
            concluding.add(deployment);
        }
        return reporter(deployment, app);
    }

    /** Whether somebody brings it to its end. */
    synchronized boolean concluding(String deployment) {
        return concluding.contains(deployment);
    }

    /** Returns when nobody does any more, or does for too long. */
    synchronized void awaitEnd(String deployment, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (concluding.contains(deployment) && System.nanoTime() < end) {
            wait(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
        concluding.remove(deployment);
    }

    /** The reporter of a deployment that was under way when the agent died, or never began. */
    synchronized OutboxReporter reporter(String deployment, String app) {
        Course course = read(deployment, app);
        long next = Math.max(course.nextLine(), linesInOutbox.getOrDefault(deployment, 1L));
        return new OutboxReporter(course.at(next), this, outbox, clock, () -> {});
    }

    @Override
    public void certificateWanted(String app, List<String> names, String csr) {
        outbox.append(new Report.CertificateWanted(app, names, csr));
    }

    @Override
    public void appChanged(String app, AppState now, @Nullable Note note) {
        outbox.append(new Report.AppChanged(app, now, note));
    }

    /**
     * @return false when it was before
     */
    synchronized boolean end(String deployment) {
        concluding.remove(deployment);
        notifyAll();
        return ended.add(deployment);
    }

    /** Its ending could not be written: it is to be told again. */
    synchronized void notEnded(String deployment) {
        ended.remove(deployment);
    }

    /** The deployment is over and answered for; nobody will ask again. */
    synchronized void forget(String deployment) {
        ended.remove(deployment);
        linesInOutbox.remove(deployment);
        try {
            Files.deleteIfExists(file(deployment));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tidy " + folder, failure);
        }
    }

    /** Without a disk flush: what a loss of power undoes, {@link #learn} makes up for. */
    void store(Course course) {
        Path file = file(course.deployment());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, Codec.write(Course.class, course));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }

    private Course read(String deployment, String app) {
        Path file = file(deployment);
        try {
            if (Files.exists(file)) {
                return Codec.read(Course.class, Files.readString(file));
            }
        } catch (IOException | Codec.Malformed damaged) {
            System.getLogger(Courses.class.getName())
                    .log(System.Logger.Level.WARNING, "begins anew: " + file, damaged);
        }
        return Course.begin(deployment, app, clock.instant(), Limits.DEFAULT.outputBytes());
    }

    private Path file(String deployment) {
        if (!deployment.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not the id of a deployment");
        }
        return folder.resolve(deployment + ".json");
    }
}
