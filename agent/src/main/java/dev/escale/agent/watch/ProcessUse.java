package dev.escale.agent.watch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a process and its descendants use. Not thread-safe. */
final class ProcessUse {
    /** The kernel's USER_HZ, which is 100 on every architecture that we run on. */
    static final double TICKS_PER_SECOND = 100;

    private static final long PAGE = 4096;
    private static final int MOST = 500;

    private final Path proc;
    private final ProcFile file;
    private final Deque<Long> left = new ArrayDeque<>();
    private long ticks;
    private long memory;

    ProcessUse(Path proc, ProcFile file) {
        this.proc = proc;
        this.file = file;
    }

    void measure(long root) {
        ticks = 0;
        memory = 0;
        left.clear();
        left.add(root);
        for (int seen = 0; !left.isEmpty() && seen < MOST; seen++) {
            add(left.removeFirst());
        }
    }

    /** Processor time since each began, with that of children that were waited for. */
    long ticks() {
        return ticks;
    }

    /** Resident bytes. Pages that processes share count for each. */
    long memory() {
        return memory;
    }

    private void add(long pid) {
        Path folder = proc.resolve(Long.toString(pid));
        if (!file.read(folder.resolve("stat"))) {
            return;
        }
        file.seekLast(')'); // the name before it may hold anything
        file.skipWords(11);
        ticks += file.number() + file.number() + file.number() + file.number();
        file.skipWords(6);
        memory += Math.max(0, file.number()) * PAGE;
        if (file.read(folder.resolve("task").resolve(Long.toString(pid)).resolve("children"))) {
            for (long child; (child = file.number()) > 0; ) {
                left.add(child);
            }
        }
    }
}
