package dev.escale.agent.log;

import dev.escale.agent.link.Uplink;
import dev.escale.agent.release.AppLogFiles;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.AppLine;
import dev.escale.protocol.FromAgent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * One stream: the output of one app, until it is interrupted or its connection ends. Reads files at
 * its own pace, so it never holds up the app; what the link does not take is counted and said with
 * the next lines that it takes.
 */
final class Following {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int BATCH = 200;
    private static final int BATCH_CHARACTERS = 100_000;
    private static final int LINES_PER_SECOND = 2000;

    private final String stream;
    private final TailedFile out;
    private final TailedFile err;
    private final Supplier<Masker> masker;
    private final Uplink uplink;
    private final InstantSource clock;

    /** The one it was asked for over. */
    private final long connection;

    private long next = 1;
    private long dropped;
    private int inThisSecond;
    private long second;

    Following(
            String stream,
            AppLogFiles files,
            Supplier<Masker> masker,
            Uplink uplink,
            InstantSource clock) {
        this.stream = stream;
        this.out = new TailedFile(files.out());
        this.err = new TailedFile(files.err());
        this.masker = masker;
        this.uplink = uplink;
        this.clock = clock;
        this.connection = uplink.connection();
    }

    /**
     * @param backlog how many of the last lines to send first
     */
    void run(int backlog) throws IOException, InterruptedException {
        try (out;
                err) {
            out.begin(backlog);
            err.begin(backlog);
            List<AppLine> last = there(2 * backlog);
            send(last.subList(Math.max(0, last.size() - backlog), last.size()));
            while (connection != 0 && uplink.connection() == connection) {
                List<AppLine> lines = round();
                if (lines.isEmpty()) {
                    Thread.sleep(LOOK);
                }
                send(lines);
            }
        }
    }

    /** What is there, but not what an app that never stops printing adds meanwhile. */
    private List<AppLine> there(int most) throws IOException {
        var lines = new ArrayList<AppLine>();
        for (List<AppLine> more; lines.size() < most && !(more = round()).isEmpty(); ) {
            lines.addAll(more);
        }
        lines.sort(Comparator.comparing(AppLine::at));
        return lines;
    }

    private List<AppLine> round() throws IOException {
        var lines = new ArrayList<AppLine>();
        Masker known = masker.get();
        for (String line : out.read()) {
            lines.addAll(PrintedLine.parse(line, "stdout", clock, known));
        }
        for (String line : err.read()) {
            lines.addAll(PrintedLine.parse(line, "stderr", clock, known));
        }
        lines.sort(Comparator.comparing(AppLine::at));
        return lines;
    }

    private void send(List<AppLine> lines) {
        int from = 0;
        int size = 0;
        for (int i = 0; i < lines.size(); i++) {
            size += lines.get(i).text().length();
            if (i + 1 - from == BATCH || size > BATCH_CHARACTERS) {
                offer(lines.subList(from, i + 1));
                from = i + 1;
                size = 0;
            }
        }
        if (from < lines.size()) {
            offer(lines.subList(from, lines.size()));
        }
    }

    private void offer(List<AppLine> lines) {
        if (allowed(lines.size())
                && uplink.offer(new FromAgent.Lines(stream, next, dropped, List.copyOf(lines)))) {
            dropped = 0;
        } else {
            dropped += lines.size();
        }
        next += lines.size();
    }

    private boolean allowed(int lines) {
        long now = System.nanoTime() / 1_000_000_000;
        if (now != second) {
            second = now;
            inThisSecond = 0;
        }
        inThisSecond += lines;
        return inThisSecond <= LINES_PER_SECOND;
    }
}
