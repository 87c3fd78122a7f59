package dev.escale.agent.log;

import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One file of a live stream: reads forwards, and jumps when it is too far behind. */
final class FileTail implements AutoCloseable {
    /** Bytes behind the end from which on a reader is too slow. */
    private static final long TOO_FAR = 4L << 20;

    /** Where it goes on then. */
    private static final long NEAR = 256L << 10;

    private final LogFile file;
    private final TextReader reader;
    private LineMaker maker;
    private String place;

    FileTail(LogFile file, String place) throws IOException {
        this.file = file;
        this.place = place;
        Spot spot = Spot.parse(place);
        this.reader = new TextReader(file.text(), spot.record());
        this.maker = file.maker().apply(spot);
    }

    String name() {
        return file.name();
    }

    /** Where a reader goes on who has all lines that were given out. */
    String place() {
        String held = maker.held();
        return held.isEmpty() ? place : held;
    }

    /**
     * What there is by now, at most a buffer full.
     *
     * @param gaps what is missing before these lines is added here
     */
    List<LogLine> read(List<LogGap> gaps) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        if (reader.behind() > TOO_FAR) {
            jump(lines, gaps);
        }
        List<RawRecord> records = reader.read();
        tellJump(gaps);
        for (RawRecord record : records) {
            maker.take(record, lines);
            place = Long.toString(record.next());
        }
        if (records.isEmpty()) {
            maker.flush(lines);
        }
        return lines;
    }

    private void jump(List<LogLine> lines, List<LogGap> gaps) throws IOException {
        maker.flush(lines);
        long from = reader.position();
        long skipped = reader.skip(reader.behind() - NEAR, maker::count);
        String to = Long.toString(reader.position());
        gaps.add(new LogGap(file.name(), Long.toString(from), to, skipped, "slow"));
        maker = file.maker().apply(Spot.parse(to));
        place = to;
    }

    private void tellJump(List<LogGap> gaps) {
        TextReader.Jump jump = reader.takeJump();
        if (jump != null) {
            String to = Long.toString(jump.to());
            gaps.add(new LogGap(file.name(), Long.toString(jump.from()), to, -1, jump.reason()));
            maker = file.maker().apply(Spot.parse(to));
            place = to;
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
