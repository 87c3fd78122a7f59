package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The only place that starts processes. Blocks; an interrupt kills the whole process tree first.
 */
public final class HostShell {
    /** For programs whose output interests only as a whole. */
    public HostResult run(HostCommand command) throws InterruptedException {
        return run(command, _ -> {});
    }

    /**
     * @param listener gets each line at once, from two threads but never from both together
     */
    public HostResult run(HostCommand command, OutputListener listener)
            throws InterruptedException {
        Process process;
        try {
            process = start(command);
        } catch (IOException refused) {
            return new HostResult.NotStarted(String.valueOf(refused.getMessage()));
        }
        try (var output = new ProcessOutput(process, command.outputBytes(), listener)) {
            return await(process, command, output);
        } finally {
            end(process, command);
        }
    }

    /**
     * Starts a program that outlives the agent: own session, no terminal, output to a file.
     *
     * @throws IOException when it cannot be started
     */
    public void detach(HostCommand command, Path output) throws IOException {
        var builder = builder(command, List.of("/usr/bin/setsid", "--fork"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Process starter = builder.start();
        starter.getOutputStream().close();
    }

    private HostResult await(Process process, HostCommand command, ProcessOutput output)
            throws InterruptedException {
        Duration timeout = command.timeout();
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            end(process, command);
            return new HostResult.TimedOut(timeout, output.out(), output.err());
        }
        ControlGroup limits = command.limits();
        if (limits != null && limits.ranOutOfMemory()) {
            end(process, command);
            return new HostResult.OutOfMemory(limits.memoryBytes(), output.out(), output.err());
        }
        return new HostResult.Finished(process.exitValue(), output.out(), output.err());
    }

    private static Process start(HostCommand command) throws IOException {
        Process process = builder(command, List.of("/usr/bin/setsid")).start();
        process.getOutputStream().close();
        return process;
    }

    /** What a program leaves behind in the background dies with it. */
    private static void end(Process process, HostCommand command) {
        ProcessTree.kill(process.pid());
        ControlGroup limits = command.limits();
        if (limits != null) {
            ProcessTree.kill(limits::processes);
        }
    }

    private static ProcessBuilder builder(HostCommand command, List<String> before) {
        var launch = new Launch(command);
        var arguments = new ArrayList<>(before);
        arguments.addAll(launch.arguments());
        var builder = new ProcessBuilder(arguments).directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return builder;
    }
}
