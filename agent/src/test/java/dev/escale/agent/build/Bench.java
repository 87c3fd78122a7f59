package dev.escale.agent.build;

import dev.escale.agent.build.source.GitSettings;
import dev.escale.agent.host.ControlGroups;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.release.AppFolder;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.BuildRequest;
import dev.escale.agent.release.ReleasePlan;
import dev.escale.agent.release.Served;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Order;
import dev.escale.protocol.Overrides;
import dev.escale.protocol.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place to build in with everything real: git, npm, users, control groups. Lies where a build
 * user can reach it.
 */
final class Bench implements AutoCloseable {
    private static final String APP = "app_bench" + ProcessHandle.current().pid();

    final HostShell shell = new HostShell();
    final Path root;
    final Path repository;
    final AppFolder folder;
    final @Nullable HostUser user;
    final Recorder recorder = new Recorder();
    Map<String, EnvValue> env = Map.of();
    Overrides overrides = Overrides.NONE;
    @Nullable Served served;
    Limits limits = Limits.DEFAULT;
    boolean confined = true;
    private final SystemUsers users = new SystemUsers(shell);

    Bench() throws IOException, InterruptedException {
        root =
                Files.createTempDirectory(
                        Path.of("/var/tmp"),
                        "escale-build",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
        repository = Files.createDirectory(root.resolve("repository"));
        folder = AppFolder.of(root, APP);
        Files.createDirectories(folder.releases());
        user = users.build(APP).orElse(null);
        git("init", "--quiet", "--initial-branch=main");
    }

    static Path example(String name) {
        return Path.of("..").toAbsolutePath().normalize().resolve("examples").resolve(name);
    }

    Bench holding(String example) throws InterruptedException {
        run(HostCommand.of("cp", "--archive", example(example) + "/.", repository.toString()));
        return this;
    }

    Bench write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        return this;
    }

    String commit() throws InterruptedException {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message=What is new");
        return git("rev-parse", "HEAD").out().strip();
    }

    ReleasePlan build(long release) throws IOException, InterruptedException, BuildFailed {
        commit();
        return build(release, source("main", null));
    }

    Source source(String ref, @Nullable String commit) {
        return new Source("file://" + repository, ref, commit, null);
    }

    ReleasePlan build(long release, Source source)
            throws IOException, InterruptedException, BuildFailed {
        Files.createDirectory(folder.release(release));
        var spec = new AppSpec(APP, "bench", java.util.List.of("bench.localhost"));
        var order =
                new Order.Deploy("dep_" + release, spec, release, source, overrides, env, limits);
        var settings =
                new BuildSettings(
                        new GitSettings(null, null, true, Map.of()),
                        BuildSettings.network(System.getenv()));
        return new ReleaseBuilder(shell, new ControlGroups(), settings)
                .build(new BuildRequest(order, folder, confined ? user : null, served), recorder);
    }

    HostResult git(String... arguments) throws InterruptedException {
        var all = new java.util.ArrayList<>(java.util.List.of("git"));
        all.addAll(java.util.List.of("-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        all.addAll(java.util.List.of(arguments));
        return run(
                HostCommand.of(all).in(repository).with(Map.of("GIT_CONFIG_GLOBAL", "/dev/null")));
    }

    HostResult run(HostCommand command) throws InterruptedException {
        HostResult result = shell.run(command.within(Duration.ofMinutes(2)));
        if (!result.succeeded()) {
            throw new AssertionError(command + " " + result.summary() + "\n" + result.err());
        }
        return result;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (user != null) {
            users.remove(user);
        }
        dev.escale.agent.host.FolderTree.delete(root);
    }
}
