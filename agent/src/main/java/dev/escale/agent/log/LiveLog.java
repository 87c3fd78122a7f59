package dev.escale.agent.log;

import dev.escale.agent.link.Uplink;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One live stream, until it is interrupted or its connection ends. Without credit it reads nothing:
 * a slow reader costs a position in a file.
 */
final class LiveLog {
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration TELL_PLACE = Duration.ofSeconds(5);

    private final String stream;
    private final List<LogFile> files;
    private final LogQuery query;
    private final Credit credit;
    private final Sending sending;
    private final Map<String, String> place = new HashMap<>();
    private long toldPlace = System.nanoTime();

    LiveLog(String stream, List<LogFile> files, LogQuery query, Credit credit, Uplink uplink) {
        this.stream = stream;
        this.files = files;
        this.query = query;
        this.credit = credit;
        this.sending = new Sending(uplink);
    }

    /**
     * @param from where the reader was, for each file
     * @param backlog how many lines before, for the files that it was not in
     */
    void run(Map<String, String> from, int backlog) throws IOException, InterruptedException {
        place.putAll(from);
        List<LogFile> fresh = new ArrayList<>();
        for (LogFile file : files) {
            if (!from.containsKey(file.name())) {
                fresh.add(file);
                place.put(file.name(), Long.toString(TextReader.end(file.text())));
            }
        }
        if (!fresh.isEmpty() && backlog > 0) {
            long begin = System.nanoTime();
            send(
                    new LogSearch(query, null, null)
                            .backwards(
                                    fresh,
                                    place,
                                    backlog,
                                    () -> System.nanoTime() - begin > 2_000_000_000L)
                            .lines(),
                    List.of(),
                    Map.copyOf(place));
        }
        List<FileTail> tails = new ArrayList<>();
        try {
            for (LogFile file : files) {
                tails.add(new FileTail(file, place.getOrDefault(file.name(), "0")));
            }
            while (sending.connected()) {
                credit.await();
                round(tails);
            }
        } finally {
            for (FileTail tail : tails) {
                tail.close();
            }
        }
    }

    private void round(List<FileTail> tails) throws IOException, InterruptedException {
        List<LogGap> gaps = new ArrayList<>();
        List<List<LogLine>> read = new ArrayList<>();
        for (FileTail tail : tails) {
            read.add(tail.read(gaps));
        }
        List<LogLine> lines = LineMerge.of(read).stream().filter(query::matches).toList();
        Map<String, String> after = new HashMap<>();
        tails.forEach(tail -> after.put(tail.name(), tail.place()));
        boolean late = System.nanoTime() - toldPlace > TELL_PLACE.toNanos();
        if (!lines.isEmpty() || !gaps.isEmpty() || late && !after.equals(place)) {
            send(lines, gaps, after);
        } else if (read.stream().allMatch(List::isEmpty)) {
            Thread.sleep(LOOK);
        }
    }

    private void send(List<LogLine> lines, List<LogGap> gaps, Map<String, String> after)
            throws InterruptedException {
        List<LogGap> missing = gaps;
        int from = 0;
        while (from < lines.size() || !missing.isEmpty()) {
            int to = Sending.batch(lines, from, credit.take(lines.size() - from));
            List<LogLine> batch = lines.subList(from, to);
            batch.forEach(line -> place.put(line.file(), line.next()));
            from = to;
            if (from == lines.size()) {
                place.putAll(after);
            }
            sending.send(
                    new FromAgent.LogLines(stream, List.copyOf(batch), missing, Map.copyOf(place)));
            missing = List.of();
        }
        if (lines.isEmpty() && gaps.isEmpty()) {
            place.putAll(after);
            sending.send(new FromAgent.LogLines(stream, List.of(), List.of(), Map.copyOf(place)));
        }
        toldPlace = System.nanoTime();
    }
}
