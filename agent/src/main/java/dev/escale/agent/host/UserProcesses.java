package dev.escale.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * All processes of one of our users, whoever started them: one that left its session and its parent
 * is still its user's.
 */
record UserProcesses(HostShell shell, HostUser user, Account account) {
    /** Signals all that the sender may signal but itself, in one step: nothing can fork past it. */
    private static final HostCommand KILL =
            HostCommand.of("/bin/sh", "-c", "kill -s KILL -- -1").within(Duration.ofSeconds(10));

    private static final int ROUNDS = 50;

    /**
     * Ends them all. An interrupt is kept for later.
     *
     * @throws UncheckedIOException when some are still there
     */
    void end() {
        if (account.uid() == 0) {
            throw new IllegalArgumentException(user.name() + " is root");
        }
        boolean interrupted = Thread.interrupted();
        List<Long> left = alive();
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            try {
                shell.run(KILL.as(user));
            } catch (InterruptedException stop) {
                interrupted = true;
            }
            ProcessTree.kill(this::alive);
            left = alive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!left.isEmpty()) {
            throw new UncheckedIOException(
                    new IOException("processes of " + user.name() + " do not end: " + left));
        }
    }

    private List<Long> alive() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> owner(pid) == account.uid() && !ProcessTree.zombie(pid))
                .toList();
    }

    private static int owner(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseInt(line.split("\\s+")[1]))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException gone) {
            return -1;
        }
    }
}
