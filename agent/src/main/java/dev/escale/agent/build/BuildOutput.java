package dev.escale.agent.build;

import dev.escale.agent.host.OutputListener;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.OutputLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Passes on the output of a build, masked and cut; keeps the last lines as evidence, and finds in
 * them what they complain of.
 */
final class BuildOutput implements OutputListener {
    private static final int LONGEST = 4096;
    private static final int KEPT = 400;
    private static final int SHOWN = 40;

    /** What tools say in their own words when something outside of the build is wrong. */
    enum Complaint {
        DISK_FULL("ENOSPC|No space left on device"),
        NOT_WRITABLE("EACCES|EPERM|[Pp]ermission denied|Read-only file"),
        LOCK_OUTDATED(
                "can only install packages when your package.json and|ERR_PNPM_OUTDATED_LOCKFILE"
                        + "|lockfile needs to be updated|YN0028|Your lockfile would have been");

        private final Pattern words;

        Complaint(String words) {
            this.words = Pattern.compile(words);
        }
    }

    private final DeploymentReporter reporter;
    private final Masker masker;
    private final long begin = System.nanoTime();
    private final Deque<OutputLine> last = new ArrayDeque<>();

    BuildOutput(DeploymentReporter reporter, Masker masker) {
        this.reporter = reporter;
        this.masker = masker;
    }

    @Override
    public void line(String text) {
        add("build", text);
    }

    /** What we are about to do, as it would be typed. */
    void command(String text) {
        add("escale", "$ " + text);
    }

    synchronized boolean complains(Complaint complaint) {
        return last.stream().anyMatch(line -> complaint.words.matcher(line.text()).find());
    }

    synchronized void forget() {
        last.clear();
    }

    synchronized List<OutputLine> evidence() {
        return last.stream().skip(Math.max(0, last.size() - SHOWN)).toList();
    }

    private synchronized void add(String source, String text) {
        String line = cut(masker.mask(text));
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        last.add(new OutputLine(millis, source, line));
        reporter.line(source, line);
    }

    /** A character is not cut in two. */
    private static String cut(String line) {
        if (line.length() <= LONGEST) {
            return line;
        }
        boolean pair = Character.isHighSurrogate(line.charAt(LONGEST - 2));
        return line.substring(0, pair ? LONGEST - 2 : LONGEST - 1) + "…";
    }
}
