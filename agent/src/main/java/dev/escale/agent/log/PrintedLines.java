package dev.escale.agent.log;

import dev.escale.agent.secret.Masker;
import dev.escale.protocol.log.LogLevel;
import dev.escale.protocol.log.LogLine;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines of what an app prints. What it writes in pieces is put together again, what goes on with
 * the line before stays with it, as long as no other process of the app comes in between: two
 * releases may write into one file.
 */
final class PrintedLines implements LineMaker {
    /** More than comes at once through a pipe. */
    private static final int LONGEST = 64 << 10;

    private static final int MOST_TOGETHER = 500;
    private static final Pattern COLOUR = Pattern.compile("\\e\\[[0-9;:]*[A-Za-z]");

    private final Origin origin;
    private final Supplier<Masker> maskers;
    private final ZoneId zone;
    private final Spot begin;
    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder piece = new StringBuilder();
    private int together;
    private Spot wholeAt = Spot.BEGIN;
    private Spot wholeNext = Spot.BEGIN;
    private Spot pieceAt = Spot.BEGIN;
    private Spot pieceNext = Spot.BEGIN;
    private Instant at = Instant.EPOCH;
    private Instant wholeTime = Instant.EPOCH;
    private @Nullable String process;
    private @Nullable Long release;
    private boolean torn;

    /**
     * Where the lines come from.
     *
     * @param type {@code stdout} or {@code stderr}
     * @param app slug
     */
    record Origin(String file, String type, String app) {}

    /**
     * @param begin lines of its record that come before it are left out
     */
    PrintedLines(Origin origin, Supplier<Masker> maskers, ZoneId zone, Spot begin) {
        this.origin = origin;
        this.maskers = maskers;
        this.zone = zone;
        this.begin = begin;
    }

    @Override
    public void take(RawRecord record, List<LogLine> lines) {
        Printed printed = Printed.of(record.text()).orElse(null);
        String writer = printed == null ? null : printed.process();
        if (!Objects.equals(writer, process)) {
            flush(lines);
            torn = false;
            process = writer;
            release = printed == null ? null : printed.release();
        }
        at = printed == null ? at : printed.at(at);
        String message = printed == null ? record.text() + "\n" : printed.message();
        take(message, record, lines);
    }

    private void take(String message, RawRecord record, List<LogLine> lines) {
        int number = 0;
        int from = 0;
        for (int end = message.indexOf('\n'); end >= 0; end = message.indexOf('\n', from)) {
            Spot spot = new Spot(record.position(), number++);
            boolean last = end + 1 == message.length();
            if (spot.record() != begin.record() || spot.line() >= begin.line()) {
                makeRoom(end - from, lines);
                piece(message, from, end, spot, last ? Spot.of(record.next()) : spot.plus(1));
                complete(lines);
            }
            from = end + 1;
        }
        if (from < message.length()) {
            makeRoom(message.length() - from, lines);
            Spot spot = new Spot(record.position(), number);
            piece(message, from, message.length(), spot, Spot.of(record.next()));
        }
    }

    /** A line that never ends is shown in pieces. */
    private void makeRoom(int characters, List<LogLine> lines) {
        if (!piece.isEmpty() && piece.length() + characters > LONGEST) {
            complete(lines);
        }
    }

    private void piece(String message, int from, int to, Spot spot, Spot next) {
        if (piece.isEmpty()) {
            pieceAt = spot;
        }
        pieceNext = next;
        piece.append(message, from, Math.min(to, from + LONGEST));
    }

    /** The piece is a line. */
    private void complete(List<LogLine> lines) {
        String line = clean();
        if (together > 0
                && together < MOST_TOGETHER
                && whole.length() + line.length() < LONGEST
                && Continuation.of(whole, line)) {
            whole.append('\n').append(line);
            wholeNext = pieceNext;
            together++;
            return;
        }
        emit(lines);
        whole.append(line);
        wholeAt = pieceAt;
        wholeNext = pieceNext;
        wholeTime = at;
        together = 1;
    }

    private String clean() {
        int end = piece.length();
        if (end > 0 && piece.charAt(end - 1) == '\r') {
            end--;
        }
        if (end > 0 && Character.isHighSurrogate(piece.charAt(end - 1))) {
            end--;
        }
        String line = piece.substring(0, end).replace('\0', '\uFFFD');
        piece.setLength(0);
        if (torn) {
            torn = false;
            return maskers.get().maskBegin(line);
        }
        return line;
    }

    @Override
    public void flush(List<LogLine> lines) {
        if (!piece.isEmpty()) {
            complete(lines);
            String begun = maskers.get().maskEnd(whole.toString());
            whole.setLength(0);
            whole.append(begun);
            torn = true;
        }
        emit(lines);
    }

    private void emit(List<LogLine> lines) {
        if (together == 0) {
            return;
        }
        String text = maskers.get().mask(whole.toString());
        LogLevel level =
                Levels.of(
                        text.indexOf('\u001B') < 0 ? text : COLOUR.matcher(text).replaceAll(""),
                        origin.type().equals("stderr") ? LogLevel.ERROR : LogLevel.INFO);
        lines.add(
                new LogLine(
                        origin.file(),
                        wholeAt.toString(),
                        wholeNext.toString(),
                        wholeTime.atZone(zone).toOffsetDateTime(),
                        origin.type(),
                        level,
                        origin.app(),
                        release,
                        Map.of(),
                        text));
        whole.setLength(0);
        together = 0;
    }

    @Override
    public String held() {
        if (together > 0) {
            return wholeAt.toString();
        }
        return piece.isEmpty() ? "" : pieceAt.toString();
    }

    /** Ends of lines are escaped in JSON: {@code \n}, but not {@code \\n}. */
    @Override
    public long count(byte[] bytes, int length) {
        long lines = 0;
        for (int i = 0; i + 1 < length; i++) {
            if (bytes[i] == '\\') {
                lines += bytes[i + 1] == 'n' ? 1 : 0;
                i++;
            }
        }
        return lines;
    }
}
