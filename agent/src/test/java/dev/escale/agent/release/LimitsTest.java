package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.build.BuildSettings;
import dev.escale.agent.build.ReleaseBuilder;
import dev.escale.agent.build.source.GitSettings;
import dev.escale.agent.host.ControlGroups;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits that a server's owner set, with a real build. */
@Tag("slow")
class LimitsTest {
    @TempDir private Path folder;
    private TestHost host;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder.resolve("agent"));
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void endsABuildThatHangsAndTheOldReleaseServes() throws Exception {
        Heard heard = build("sleep 611", new HostLimits(3, null, null));

        assertThat(heard.course).containsExactly("FETCH DONE", "DETECT DONE", "BUILD FAILED");
        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.verdict().reason())
                .isEqualTo(Note.of(Notes.BUILD_TIMED_OUT, "command", "sleep 611", "seconds", "3"));
        theOldReleaseServes();
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(one -> one.info().commandLine().orElse("").contains("sleep 611"));
    }

    @Test
    void endsADeploymentThatHangsAndTheOldReleaseServes() throws Exception {
        Heard heard = build("sleep 612", new HostLimits(null, null, 3));

        assertThat(heard.verdict().reason())
                .isEqualTo(Note.of(Notes.DEPLOYMENT_TIMED_OUT, "seconds", "3"));
        theOldReleaseServes();
    }

    @Test
    void endsABuildThatWantsMoreMemoryThanItMayHave() throws Exception {
        Assumptions.assumeTrue(
                new ControlGroups().version() != ControlGroups.Version.NONE,
                "the kernel offers no memory limit here");

        Heard heard = build("node hungry.js", new HostLimits(null, 100, null));

        assertThat(heard.reason()).isEqualTo(Notes.BUILD_OUT_OF_MEMORY);
        assertThat(heard.verdict().reason())
                .satisfies(it -> assertThat(it.facts()).containsEntry("megabytes", "100"));
        theOldReleaseServes();
    }

    private void theOldReleaseServes() throws Exception {
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(folder.resolve("agent/apps/app_test/releases/2")).doesNotExist();
    }

    private Heard build(String command, HostLimits limits) throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(repository.resolve("server.js"), TestHost.GOOD);
        Files.writeString(
                repository.resolve("hungry.js"),
                "for (const all = [];;) all.push(Buffer.alloc(1 << 20, 1))");
        Files.writeString(
                repository.resolve("escale.yaml"),
                "build: " + command + "\nstart: node server.js\n");
        git(repository, "init", "--quiet", "--initial-branch=main");
        git(repository, "add", "--all");
        git(repository, "commit", "--quiet", "--message=hangs");
        var settings = new BuildSettings(new GitSettings(null, null, true, Map.of()), Map.of());
        var deployments =
                new BlueGreenDeployments(
                        host.host,
                        new ReleaseBuilder(new HostShell(), new ControlGroups(), settings),
                        limits,
                        Duration.ofSeconds(3),
                        InstantSource.system());
        Order.Deploy order = host.order(Map.of());
        Heard heard = host.heard();
        deployments.deploy(
                new Order.Deploy(
                        order.deployment(),
                        order.spec(),
                        order.release(),
                        new Source("file://" + repository, "main", null, null),
                        order.overrides(),
                        order.env(),
                        order.limits()),
                heard);
        return heard;
    }

    private static void git(Path repository, String... arguments) throws Exception {
        var all = new java.util.ArrayList<>(java.util.List.of("git"));
        all.addAll(java.util.List.of("-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        all.addAll(java.util.List.of(arguments));
        var result =
                new HostShell()
                        .run(
                                HostCommand.of(all)
                                        .in(repository)
                                        .with(Map.of("GIT_CONFIG_GLOBAL", "/dev/null")));
        assertThat(result.succeeded()).as(result.summary()).isTrue();
    }
}
