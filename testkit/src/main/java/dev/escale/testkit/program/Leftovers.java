package dev.escale.testkit.program;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be undone before the tests' JVM ends, newest first: processes, mounts, networks. A part
 * that is closed in the ordinary way takes itself off.
 */
public final class Leftovers {
    private static final Deque<Entry> ENTRIES = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::undoAll, "leftovers"));
    }

    private Leftovers() {}

    public static Entry add(String what, Runnable undo) {
        var entry = new Entry(what, undo);
        synchronized (ENTRIES) {
            ENTRIES.push(entry);
        }
        return entry;
    }

    private static void undoAll() {
        for (Entry entry = next(); entry != null; entry = next()) {
            try {
                entry.undo.run();
            } catch (RuntimeException e) {
                System.err.println("could not undo " + entry.what + ": " + e.getMessage());
            }
        }
    }

    private static @org.jspecify.annotations.Nullable Entry next() {
        synchronized (ENTRIES) {
            return ENTRIES.poll();
        }
    }

    /** One thing to undo. */
    public static final class Entry {
        private final String what;
        private final Runnable undo;

        private Entry(String what, Runnable undo) {
            this.what = what;
            this.undo = undo;
        }

        /** It has been undone already. */
        public void done() {
            synchronized (ENTRIES) {
                ENTRIES.remove(this);
            }
        }
    }
}
