package dev.escale.agent.build;

import dev.escale.agent.host.ControlGroup;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the commands of one build run: as the build user, under one time and one memory limit for
 * all of them together. Between two commands no process of the build user is left, so that root may
 * look at a path first and act on it then.
 */
final class Workshop {
    private static final int NICE = 10;
    private static final int FIRST_TO_GO = 500;
    private static final int KEPT = 4096;
    private static final Duration OWN_COMMANDS = Duration.ofMinutes(5);

    private final HostShell shell;
    private final @Nullable HostUser user;
    private final @Nullable ControlGroup group;
    private final BuildOutput output;
    private final Limits limits;
    private final long begin = System.nanoTime();

    Workshop(
            HostShell shell,
            @Nullable HostUser user,
            @Nullable ControlGroup group,
            BuildOutput output,
            Limits limits) {
        this.shell = shell;
        this.user = user;
        this.group = group;
        this.output = output;
        this.limits = limits;
    }

    BuildOutput output() {
        return output;
    }

    @Nullable HostUser user() {
        return user;
    }

    /** Runs a command of the project. */
    void run(String shown, List<String> arguments, Path folder, Map<String, String> environment)
            throws BuildFailed, InterruptedException {
        output.command(shown);
        HostResult result;
        try {
            result =
                    shell.run(
                            HostCommand.of(arguments)
                                    .in(folder)
                                    .with(environment)
                                    .as(user)
                                    .niced(NICE)
                                    .scored(FIRST_TO_GO)
                                    .under(group)
                                    .within(remaining())
                                    .keeping(KEPT),
                            output);
        } finally {
            endStrays();
        }
        if (!result.succeeded()) {
            throw new BuildFailed(reason(shown, result, folder), output.evidence());
        }
    }

    /** Ends what left its session, its parent and, without control groups, our sight. */
    private void endStrays() {
        if (user != null) {
            new SystemUsers(shell).killAll(user);
        }
    }

    /** Runs a command of ours, with the agent's rights, such as a change of owners. */
    void own(List<String> arguments) throws BuildFailed, InterruptedException {
        HostResult result = shell.run(HostCommand.of(arguments).within(OWN_COMMANDS));
        if (!result.succeeded()) {
            boolean full = result.err().contains("No space left");
            Note reason =
                    full
                            ? Note.of(Notes.DISK_FULL, "path", arguments.getLast())
                            : Note.of(
                                    Notes.HOST_FAILED,
                                    "reason",
                                    arguments.getFirst() + ": " + result.summary());
            throw new BuildFailed(reason, output.evidence());
        }
    }

    private Duration remaining() {
        Duration used = Duration.ofNanos(System.nanoTime() - begin);
        Duration left = Duration.ofSeconds(limits.buildSeconds()).minus(used);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private Note reason(String shown, HostResult result, Path folder) {
        return switch (result) {
            case HostResult.TimedOut _ ->
                    Note.of(
                            Notes.BUILD_TIMED_OUT,
                            "command",
                            shown,
                            "seconds",
                            Integer.toString(limits.buildSeconds()));
            case HostResult.OutOfMemory full ->
                    Note.of(
                            Notes.BUILD_OUT_OF_MEMORY,
                            "command",
                            shown,
                            "megabytes",
                            Long.toString(full.limitBytes() >> 20));
            case HostResult.NotStarted refused ->
                    Note.of(Notes.BUILD_NOT_STARTED, "command", shown, "said", refused.reason());
            case HostResult.Finished finished -> failure(shown, finished.code(), folder);
        };
    }

    private Note failure(String shown, int code, Path folder) {
        if (output.complains(BuildOutput.Complaint.DISK_FULL)) {
            return Note.of(Notes.DISK_FULL, "path", folder.toString());
        }
        return Note.of(
                Notes.BUILD_COMMAND_FAILED, "command", shown, "code", Integer.toString(code));
    }
}
