package dev.escale.control.agentlink;

import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between a link and one reader lies what the agent has had credit for, and no more. The reader
 * gives credit by taking lines, so a slow one makes the agent wait; the link never does.
 */
final class AgentStream {
    static final int CREDIT = 2_000;

    /** Credit is given in portions of this many lines or more. */
    static final int PORTION = 500;

    private static final int TEXT = 16_384;

    private final String id;
    private final Consumer<StreamPart> consumer;
    private final Lender lender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<StreamPart> parts = new ArrayDeque<>();
    private final List<LogGap> missed = new ArrayList<>();
    private Map<String, String> place = Map.of();
    private int openings;
    private int held;
    private int taken;
    private boolean closed;

    AgentStream(String id, String thread, Consumer<StreamPart> consumer, Lender lender) {
        this.id = id;
        this.consumer = consumer;
        this.lender = lender;
        Thread.ofVirtual().name(thread).start(this::drain);
    }

    /** Tells the agent that it may send so many more lines. */
    @FunctionalInterface
    interface Lender {
        void give(String opening, int lines);
    }

    /**
     * @param before the opening that is void now; null when this is the first
     * @param place behind the last line that came
     */
    record Opening(String id, @Nullable String before, Map<String, String> place, int credit) {}

    /**
     * @return the stream's id, of whichever opening
     */
    static String idOf(String opening) {
        int dot = opening.lastIndexOf('.');
        return dot < 0 ? opening : opening.substring(0, dot);
    }

    /** Goes on where it is. What is on its way from an opening before is not taken any more. */
    Opening open() {
        lock.lock();
        try {
            String before = openings == 0 ? null : opening();
            openings++;
            taken = 0;
            return new Opening(opening(), before, place, CREDIT - held);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return null when it was never opened
     */
    @Nullable String current() {
        lock.lock();
        try {
            return openings == 0 ? null : opening();
        } finally {
            lock.unlock();
        }
    }

    void offer(FromAgent.LogLines lines) {
        lock.lock();
        try {
            if (!opening().equals(lines.stream())) {
                return;
            }
            place = Map.copyOf(lines.place());
            boolean empty = lines.lines().isEmpty() && lines.gaps().isEmpty();
            if (empty && !parts.isEmpty()) {
                return;
            }
            if (held + lines.lines().size() > CREDIT || parts.size() >= CREDIT) {
                leaveOut(lines.lines());
                return;
            }
            List<LogGap> gaps = new ArrayList<>(missed);
            gaps.addAll(lines.gaps());
            missed.clear();
            parts.add(new StreamPart.Lines(gaps, bounded(lines.lines())));
            held += lines.lines().size();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void end(String opening, Note why) {
        lock.lock();
        try {
            if (opening().equals(opening)) {
                parts.add(new StreamPart.Ended(why));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            if (!(parts.peekLast() instanceof StreamPart.Interrupted)) {
                parts.add(new StreamPart.Interrupted());
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private String opening() {
        return id + "." + openings;
    }

    /** The agent sent more than it had credit for; one gap tells of all that. */
    private void leaveOut(List<LogLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LogLine first = lines.getFirst();
        LogGap before = missed.isEmpty() ? null : missed.removeFirst();
        missed.add(
                new LogGap(
                        before == null ? first.file() : before.file(),
                        before == null ? first.position() : before.from(),
                        lines.getLast().next(),
                        lines.size() + (before == null ? 0 : before.lines()),
                        "slow"));
    }

    private void drain() {
        try {
            for (StreamPart part = next(); part != null; part = next()) {
                consumer.accept(part);
                if (part instanceof StreamPart.Lines lines) {
                    lend(lines.lines().size());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return null when the stream is closed
     */
    private @Nullable StreamPart next() throws InterruptedException {
        lock.lock();
        try {
            while (parts.isEmpty() && !closed) {
                changed.await();
            }
            return closed ? null : parts.remove();
        } finally {
            lock.unlock();
        }
    }

    private void lend(int lines) {
        int given;
        String opening;
        lock.lock();
        try {
            held -= lines;
            taken += lines;
            given = taken >= PORTION ? taken : 0;
            taken -= given;
            opening = opening();
        } finally {
            lock.unlock();
        }
        if (given > 0) {
            lender.give(opening, given);
        }
    }

    private static List<LogLine> bounded(List<LogLine> lines) {
        return lines.stream().map(AgentStream::bounded).toList();
    }

    private static LogLine bounded(LogLine line) {
        return line.text().length() <= TEXT
                ? line
                : new LogLine(
                        line.file(),
                        line.position(),
                        line.next(),
                        line.at(),
                        line.type(),
                        line.level(),
                        line.app(),
                        line.release(),
                        line.fields(),
                        line.text().substring(0, TEXT) + "…");
    }
}
