package dev.escale.agent.nginx;

import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.Sockets;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The running Nginx: tested, started, reloaded, and believed only when its workers have changed.
 */
final class Nginx {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NginxSetup setup;
    private final NginxCommands commands;
    private final HostShell shell;
    private final Workers workers;

    Nginx(NginxSetup setup, HostShell shell) {
        this.setup = setup;
        this.commands = new NginxCommands(setup);
        this.shell = shell;
        this.workers = new Workers(setup.pidFile());
    }

    boolean running() {
        return workers.running();
    }

    /** Whether all that answers began, and so read the configuration, after this moment. */
    boolean loadedAfter(Instant moment) {
        Set<Long> now = workers.accepting();
        return !now.isEmpty()
                && now.stream()
                        .allMatch(
                                worker ->
                                        ProcessHandle.of(worker)
                                                .flatMap(process -> process.info().startInstant())
                                                .filter(moment::isBefore)
                                                .isPresent());
    }

    /** Such as {@code 1.22.1}. */
    String version() throws NginxRefused, InterruptedException {
        HostResult result = shell.run(commands.version());
        String said = result.err() + result.out();
        if (!result.succeeded() || !said.contains("nginx/")) {
            throw new NginxRefused(Note.of(Notes.NGINX_MISSING, "reason", result.summary()));
        }
        return said.substring(said.indexOf("nginx/") + 6).strip().split("[^0-9.]")[0];
    }

    /** What is wrong with the configuration on disk. */
    Optional<Complaint> test() throws InterruptedException {
        HostResult result = shell.run(commands.test());
        return result.succeeded() ? Optional.empty() : Optional.of(complaint(result));
    }

    /** The configuration on disk, all files in one text; empty when it does not pass. */
    String dump() throws InterruptedException {
        HostResult result = shell.run(commands.dump());
        return result.succeeded() ? result.out() : "";
    }

    /** Starts it, or makes the running one take the configuration on disk. */
    void apply() throws NginxRefused, InterruptedException {
        if (workers.running()) {
            reload();
        } else {
            start();
        }
    }

    void stop() throws InterruptedException {
        if (workers.running()) {
            workers.end();
            await(() -> !workers.running());
        }
    }

    private void start() throws NginxRefused, InterruptedException {
        HostResult result = shell.run(commands.start());
        if (!result.succeeded() || !await(() -> !workers.accepting().isEmpty())) {
            throw new NginxRefused(refusal(complaint(result)));
        }
    }

    private void reload() throws NginxRefused, InterruptedException {
        Set<Long> before = workers.accepting();
        long logged = setup.errorLog().toFile().length();
        HostResult result = shell.run(commands.reload());
        if (!result.succeeded()) {
            throw new NginxRefused(refusal(complaint(result)));
        }
        boolean changed =
                await(
                        () -> {
                            Set<Long> now = workers.accepting();
                            return !now.isEmpty() && now.stream().noneMatch(before::contains)
                                    || Complaint.in(logSince(logged)).isPresent();
                        });
        Optional<Complaint> logged0 = Complaint.in(logSince(logged));
        if (logged0.isPresent()) {
            throw new NginxRefused(refusal(logged0.get()));
        }
        if (!changed) {
            throw new NginxRefused(
                    Note.of(Notes.NGINX_FAILED, "reason", "its workers did not change"));
        }
    }

    /** For a complaint about a file of somebody else, or a port, says so. */
    Note refusal(Complaint complaint) {
        if (complaint.takenPort().isPresent()) {
            int port = complaint.takenPort().get();
            return Note.of(
                    Notes.NGINX_PORT_TAKEN,
                    "port",
                    Integer.toString(port),
                    "program",
                    Sockets.holder(port).orElse("?"));
        }
        boolean ours = complaint.file().startsWith(setup.sites().resolve("escale").toString());
        if (!complaint.file().isEmpty() && !ours) {
            return Note.of(
                    Notes.NGINX_FOREIGN,
                    "file",
                    complaint.file(),
                    "line",
                    complaint.line(),
                    "message",
                    complaint.message());
        }
        return Note.of(Notes.NGINX_FAILED, "reason", complaint.message());
    }

    private static Complaint complaint(HostResult result) {
        return Complaint.in(result.err() + "\n" + result.out())
                .orElseGet(() -> new Complaint(result.summary(), "", ""));
    }

    private String logSince(long offset) {
        if (!Files.isReadable(setup.errorLog())) {
            return "";
        }
        try (var log = new RandomAccessFile(setup.errorLog().toFile(), "r")) {
            long from = log.length() < offset ? 0 : offset;
            var bytes = new byte[(int) Math.min(64 << 10, log.length() - from)];
            log.seek(from);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException rotatedAway) {
            return "";
        }
    }

    private static boolean await(java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
