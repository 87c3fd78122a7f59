package dev.escale.agent.release;

import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import org.jspecify.annotations.Nullable;

/**
 * How the process of an app is.
 *
 * <pre>
 * SERVING ── not online, or died in two looks running ──▶ DOWN
 *    ◀─────── online, and did not die since the last look ──┘
 * </pre>
 *
 * @param process PM2's number of it, to tell a new one from one that was started again; null when
 *     there is none
 * @param restarts by PM2
 * @param died whether it had died since the look before
 */
record Condition(
        AppState state,
        @Nullable Note note,
        @Nullable Integer process,
        int restarts,
        boolean died) {

    /** Of an app that has no process to run: files, or stopped by a person. */
    static Condition without(AppState state) {
        return new Condition(state, null, null, 0, false);
    }

    static Condition gone() {
        return new Condition(AppState.DOWN, Note.of(Notes.APP_GONE), null, 0, true);
    }

    /**
     * @param before null when nobody has looked yet
     */
    static Condition of(Pm2Process process, @Nullable Condition before) {
        Condition same = before != null && before.isOf(process) ? before : null;
        boolean died = same != null && process.restarts() > same.restarts();
        boolean unsteady = died && same != null && (same.died() || same.state() == AppState.DOWN);
        boolean down = unsteady || !process.online();
        return new Condition(
                down ? AppState.DOWN : AppState.SERVING,
                down ? dying(process) : started(process),
                process.id(),
                process.restarts(),
                died);
    }

    private boolean isOf(Pm2Process other) {
        return process != null && process == other.id();
    }

    /** Whether a person would be told the same. */
    boolean sameAs(@Nullable Condition other) {
        return other != null
                && state == other.state
                && (note == null ? other.note == null : note.equals(other.note));
    }

    private static Note dying(Pm2Process process) {
        return Note.of(Notes.APP_DOWN, "code", Integer.toString(process.exitCode()));
    }

    private static @Nullable Note started(Pm2Process process) {
        return process.restarts() == 0
                ? null
                : Note.of(Notes.APP_RESTARTED, "restarts", Integer.toString(process.restarts()));
    }
}
