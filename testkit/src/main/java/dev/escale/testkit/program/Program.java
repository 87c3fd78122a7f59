package dev.escale.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, where it runs and with which environment; starts nothing by itself.
 *
 * @param inherits whether the environment of the tests goes along; only PATH does otherwise
 */
public record Program(
        List<String> arguments,
        Map<String, String> environment,
        boolean inherits,
        @Nullable Path directory,
        Duration limit) {

    public Program {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static Program of(String... arguments) {
        return of(List.of(arguments));
    }

    public static Program of(List<String> arguments) {
        return new Program(arguments, Map.of(), true, null, Duration.ofMinutes(2));
    }

    public Program in(Path folder) {
        return new Program(arguments, environment, inherits, folder, limit);
    }

    public Program with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return with(more);
    }

    public Program with(Map<String, String> variables) {
        var more = new HashMap<>(environment);
        more.putAll(variables);
        return new Program(arguments, more, inherits, directory, limit);
    }

    public Program withCleanEnvironment() {
        return new Program(arguments, environment, false, directory, limit);
    }

    public Program within(Duration time) {
        return new Program(arguments, environment, inherits, directory, time);
    }

    /** Runs it and gives what it printed on both streams; anything but exit 0 is a failure. */
    public String run() {
        Ended ended = attempt();
        if (ended.exit() != 0) {
            throw new ProgramFailed(this, ended);
        }
        return ended.output();
    }

    /** Runs it to its end, whatever that is; one that passes its limit is killed and fails. */
    public Ended attempt() {
        try {
            Path log = Files.createTempFile("escale-program", ".log");
            try {
                return await(builder(log).start(), log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + arguments.getFirst(), e);
        }
    }

    /** Starts it in the background with its output in {@code log} (appended). */
    public Running start(Path log) {
        try {
            return new Running(this, builder(log).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + arguments.getFirst(), e);
        }
    }

    private ProcessBuilder builder(Path log) {
        var builder =
                new ProcessBuilder(arguments)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        if (!inherits) {
            String path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin");
            builder.environment().clear();
            builder.environment().put("PATH", path);
        }
        builder.environment().putAll(environment);
        return builder;
    }

    private Ended await(Process process, Path log) throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                Processes.killTree(process.toHandle());
                throw new ProgramFailed(
                        this, new Ended(-1, read(log) + "\n(no end within " + limit + ")"));
            }
            return new Ended(process.exitValue(), read(log));
        } catch (InterruptedException e) {
            Processes.killTree(process.toHandle());
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + arguments, e);
        }
    }

    private static String read(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    /** How a program ended and everything it printed. */
    public record Ended(int exit, String output) {}
}
