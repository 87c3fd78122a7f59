package dev.escale.testkit.program;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes together with everything that they started. */
public final class Processes {
    private Processes() {}

    /** SIGKILL to the process and all its descendants, as they are at this moment. */
    public static void killTree(ProcessHandle process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGTERM; what has not ended after {@code seconds} is killed with its descendants. */
    public static void stopTree(ProcessHandle process, int seconds) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        if (!ends(process, seconds)) {
            killTree(process);
            ends(process, 5);
        }
        all.stream()
                .filter(ProcessHandle::isAlive)
                .sorted(Comparator.comparingLong(ProcessHandle::pid).reversed())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean ends(ProcessHandle process, int seconds) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
