package dev.escale.agent.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run: arguments as a list, never shell text. Nothing of the agent's own environment
 * is passed on; {@code PATH} and {@code LANG} are set unless {@code environment} does.
 *
 * @param timeout after which the whole process tree is killed
 * @param outputBytes kept of standard output and of standard error, each; what is beyond is read
 *     and forgotten
 * @param user to run as; null: as the agent. Needs root.
 * @param nice 0 to 19
 * @param oomScore 0 to 1000: how soon the kernel ends it, rather than others, when the host has no
 *     memory left; see proc(5). Never the agent's own, which is among the last to go.
 * @param limits to hold the process and all its descendants under; null for none
 */
public record HostCommand(
        List<String> arguments,
        Path directory,
        Map<String, String> environment,
        Duration timeout,
        int outputBytes,
        @Nullable HostUser user,
        int nice,
        int oomScore,
        @Nullable ControlGroup limits) {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public HostCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static HostCommand of(String... arguments) {
        return of(List.of(arguments));
    }

    public static HostCommand of(List<String> arguments) {
        return new HostCommand(
                arguments,
                Path.of("/"),
                Map.of(),
                Duration.ofSeconds(30),
                1 << 20,
                null,
                0,
                0,
                null);
    }

    public HostCommand in(Path folder) {
        return new HostCommand(
                arguments, folder, environment, timeout, outputBytes, user, nice, oomScore, limits);
    }

    public HostCommand with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new HostCommand(
                arguments, directory, all, timeout, outputBytes, user, nice, oomScore, limits);
    }

    public HostCommand within(Duration time) {
        return new HostCommand(
                arguments, directory, environment, time, outputBytes, user, nice, oomScore, limits);
    }

    public HostCommand keeping(int bytes) {
        return new HostCommand(
                arguments, directory, environment, timeout, bytes, user, nice, oomScore, limits);
    }

    public HostCommand as(@Nullable HostUser account) {
        return new HostCommand(
                arguments,
                directory,
                environment,
                timeout,
                outputBytes,
                account,
                nice,
                oomScore,
                limits);
    }

    public HostCommand niced(int by) {
        return new HostCommand(
                arguments,
                directory,
                environment,
                timeout,
                outputBytes,
                user,
                by,
                oomScore,
                limits);
    }

    public HostCommand scored(int score) {
        return new HostCommand(
                arguments, directory, environment, timeout, outputBytes, user, nice, score, limits);
    }

    public HostCommand under(@Nullable ControlGroup group) {
        return new HostCommand(
                arguments,
                directory,
                environment,
                timeout,
                outputBytes,
                user,
                nice,
                oomScore,
                group);
    }

    /** Names the program alone: arguments and environment may hold what is nobody's business. */
    @Override
    public String toString() {
        return "HostCommand[" + arguments.getFirst() + " …]";
    }
}
