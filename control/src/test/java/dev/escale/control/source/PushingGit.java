package dev.escale.control.source;

import dev.escale.control.RunningControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The system's git, with a working folder and no settings but its own. */
public final class PushingGit {
    private final Path home;
    private final Path folder;
    private String token = RunningControl.TOKEN;
    private Path root;

    public PushingGit(Path home, Path root) throws IOException {
        this.home = home;
        this.root = root;
        this.folder = Files.createDirectories(home.resolve("work"));
        run("init", "-q", "-b", "main");
        run("config", "user.name", "Ada");
        run("config", "user.email", "ada@example.com");
    }

    /** What became of a git command; both outputs together. */
    public record Said(int code, String text) {}

    public void token(String other) {
        token = other;
    }

    public void root(Path other) {
        root = other;
    }

    public String commit(String file, String content, String subject) throws IOException {
        Files.writeString(folder.resolve(file), content);
        run("add", "-A");
        run("commit", "-q", "-m", subject);
        return run("rev-parse", "HEAD").text().strip();
    }

    public Said run(String... words) {
        return start(words).said().join();
    }

    public Running start(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "http.sslCAInfo=" + root,
                                "-c",
                                "credential.helper=!f() { echo username=x; echo password="
                                        + token
                                        + "; }; f"));
        command.addAll(List.of(words));
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            builder.environment().put("HOME", home.toString());
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            endLater(process);
            return new Running(
                    process,
                    CompletableFuture.supplyAsync(() -> wait(process), Thread::startVirtualThread));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A push that hears nothing of its deployment must not hold up all tests. */
    private static void endLater(Process process) {
        CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES)
                .execute(
                        () -> {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly();
                        });
    }

    public record Running(Process process, CompletableFuture<Said> said) {}

    private static Said wait(Process process) {
        try {
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("git does not end: " + text);
            }
            return new Said(process.exitValue(), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
