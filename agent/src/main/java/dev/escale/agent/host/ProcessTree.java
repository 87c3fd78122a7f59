package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A process that was started in a session of its own, with all that it started: its descendants,
 * and whatever else is in its session, though its parent be gone.
 */
public final class ProcessTree {
    private static final int ROUNDS = 50;

    private ProcessTree() {}

    public static Set<Long> of(long root) {
        Set<Long> members = new HashSet<>();
        ProcessHandle.of(root)
                .ifPresent(
                        process -> {
                            members.add(root);
                            process.descendants().forEach(child -> members.add(child.pid()));
                        });
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> session(pid) == root)
                .forEach(members::add);
        return members;
    }

    public static void kill(long root) {
        kill(() -> of(root));
    }

    /** Kills until the supplier finds none: what forks meanwhile is found in the next round. */
    static void kill(Supplier<? extends Collection<Long>> members) {
        boolean interrupted = Thread.interrupted();
        try {
            killAll(members);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void killAll(Supplier<? extends Collection<Long>> members) {
        for (int round = 0; round < ROUNDS; round++) {
            var victims =
                    members.get().stream()
                            .filter(pid -> !zombie(pid))
                            .flatMap(pid -> ProcessHandle.of(pid).stream())
                            .filter(ProcessHandle::isAlive)
                            .toList();
            if (victims.isEmpty()) {
                return;
            }
            victims.forEach(ProcessHandle::destroyForcibly);
            victims.forEach(ProcessTree::awaitEnd);
        }
    }

    private static void awaitEnd(ProcessHandle victim) {
        try {
            victim.onExit().get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillThere) {
            return; // the next round looks again
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean zombie(long pid) {
        return field(pid, 0).equals("Z");
    }

    private static long session(long pid) {
        String session = field(pid, 3);
        return session.isEmpty() ? -1 : Long.parseLong(session);
    }

    /**
     * @param index of a field of {@code /proc/PID/stat} after the name, which may hold spaces
     */
    private static String field(long pid, int index) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[index];
        } catch (IOException gone) {
            return "";
        }
    }
}
