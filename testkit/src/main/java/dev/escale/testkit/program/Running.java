package dev.escale.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program in the background. It ends with the tests at the latest, also when they fail. */
public final class Running implements AutoCloseable {
    private final Program program;
    private final Process process;
    private final Path log;
    private final Leftovers.Entry entry;

    Running(Program program, Process process, Path log) {
        this.program = program;
        this.process = process;
        this.log = log;
        this.entry = Leftovers.add(program.arguments().getFirst(), this::kill);
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Exit code; only once it has ended. */
    public int exit() {
        return process.exitValue();
    }

    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A signal by its name, such as {@code STOP}, to this process alone. */
    public void signal(String name) {
        Program.of("kill", "-" + name, Long.toString(pid())).run();
    }

    /** SIGKILL to this process alone, as a crash would be: what it started lives on. */
    public void crash() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        entry.done();
    }

    /** SIGKILL with everything that it started. */
    public void kill() {
        Processes.killTree(process.toHandle());
        entry.done();
    }

    /** Asks it to end, and makes it end after 10 s. */
    @Override
    public void close() {
        Processes.stopTree(process.toHandle(), 10);
        entry.done();
    }

    @Override
    public String toString() {
        return String.join(" ", program.arguments()) + " (" + pid() + ")";
    }
}
