package dev.escale.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.testkit.Repository;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A working folder under Git that pushes to a control plane, whose certificate it verifies. */
public final class GitRepo {
    private final Path folder;

    private GitRepo(Path folder) {
        this.folder = folder;
    }

    /** An empty repository on branch {@code main}. */
    public static GitRepo empty(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var repo = new GitRepo(folder);
        repo.git("init", "-q", "-b", "main").run();
        repo.git("config", "user.name", "Ada").run();
        repo.git("config", "user.email", "ada@example.org").run();
        return repo;
    }

    /** A copy of one of the sample apps, committed. */
    public static GitRepo ofExample(String name, Path folder) {
        GitRepo repo = empty(folder);
        Program.of(
                        "cp",
                        "-r",
                        Repository.root().resolve("examples").resolve(name) + "/.",
                        folder.toString())
                .run();
        Program.of("rm", "-rf", folder.resolve("node_modules").toString()).run();
        repo.commit("Start from " + name);
        return repo;
    }

    public Path folder() {
        return folder;
    }

    public GitRepo write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, text, UTF_8);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything that changed. @return the commit's id */
    public String commit(String subject) {
        git("add", "-A").run();
        git("commit", "-q", "--allow-empty", "-m", subject).run();
        return git("rev-parse", "HEAD").run().strip();
    }

    /**
     * Names the app's repository {@code escale}, trusts the control plane's authority for it, and
     * keeps the token in a file of its own, as a credential helper would.
     */
    public GitRepo connect(ControlProcess control, String gitUrl) {
        try {
            Path credentials = folder.resolve(".git/escale-credentials");
            Files.deleteIfExists(credentials);
            Files.createFile(
                    credentials,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    credentials,
                    control.url().replace("://", "://escale:" + control.token() + "@") + "\n");
            git("config", "http." + control.url() + "/.sslCAInfo", control.root().toString()).run();
            git("config", "credential.helper", "store --file=" + credentials).run();
            git("remote", "add", "escale", gitUrl).run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code git push escale main}; gives what git printed, the sideband's lines included. */
    public String push() {
        return pushing().run();
    }

    public Program pushing(String... more) {
        var arguments = new ArrayList<>(List.of("push", "escale", "main"));
        arguments.addAll(List.of(more));
        return git(arguments.toArray(String[]::new));
    }

    /** A push that goes on while the test does something else. */
    public Running pushInBackground(Path log) {
        return pushing().start(log);
    }

    public Program git(String... arguments) {
        var git = new ArrayList<>(List.of("git"));
        git.addAll(List.of(arguments));
        return Program.of(git)
                .in(folder)
                .withCleanEnvironment()
                .with("HOME", folder.toString())
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("LANG", "C.UTF-8")
                .within(Duration.ofMinutes(5));
    }
}
