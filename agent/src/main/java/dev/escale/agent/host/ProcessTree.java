package dev.escale.agent.host;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Ends processes together with all that they started. */
public final class ProcessTree {
    private static final int ROUNDS = 50;

    private ProcessTree() {}

    /** The process and all its living descendants; empty when it is gone. */
    public static LongStream of(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(
                        root ->
                                java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(root), root.descendants()))
                .filter(ProcessHandle::isAlive)
                .mapToLong(ProcessHandle::pid);
    }

    static void kill(ProcessHandle root) {
        kill(() -> of(root.pid()).boxed().toList());
    }

    /** Kills until the supplier finds none: what forks meanwhile is found in the next round. */
    static void kill(Supplier<Collection<Long>> members) {
        for (int round = 0; round < ROUNDS; round++) {
            var victims =
                    members.get().stream()
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
            victim.onExit().get(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException stillThere) {
            return; // a zombie of another parent: the next round looks again
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
