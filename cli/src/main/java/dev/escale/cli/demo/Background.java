package dev.escale.cli.demo;

import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of ours that runs beside us, with its output in a file. */
final class Background implements AutoCloseable {
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(15);

    private final String name;
    private final Process process;
    private final Path log;

    private Background(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Background start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Path log) {
        try {
            OwnFiles.folder(Objects.requireNonNull(log.getParent()));
            OwnFiles.file(log);
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new Background(name, builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs a command to its end, its output in the log. @throws Refusal when it fails */
    static void run(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Path log) {
        try (var work = start(name, command, environment, folder, log)) {
            int code = work.process.waitFor();
            if (code != 0) {
                throw new Refusal(Words.say("demo.died", name, code, work.lastWords(), log));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }

    /**
     * Waits until the condition holds. @throws Refusal when the process ends before, or the time is
     * over
     */
    void await(BooleanSupplier condition, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new Refusal(
                        Words.say("demo.died", name, process.exitValue(), lastWords(), log));
            }
            if (Instant.now().isAfter(end)) {
                throw new Refusal(Words.say("demo.slow", name, patience.toSeconds(), log));
            }
            pause();
        }
    }

    /** Done when the process has ended. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /**
     * @return false when it ended within that time
     */
    boolean staysFor(Duration time) {
        try {
            return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Its exit code, once it has ended. */
    int exit() {
        return process.exitValue();
    }

    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }
}
