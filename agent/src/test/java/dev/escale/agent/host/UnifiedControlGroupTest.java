package dev.escale.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Version 2 of control groups. A kernel gives its memory controller to one version only, and test
 * machines often have it in version 1: then its files are played here by plain ones, and the real
 * hierarchy shows what needs no controller.
 */
class UnifiedControlGroupTest {
    @TempDir private Path folder;

    @Test
    void writesTheLimitsInTheWordsOfTheKernel() throws Exception {
        kernel("cpuset cpu io memory pids");
        var groups = new ControlGroups(folder);

        assertThat(groups.version()).isEqualTo(ControlGroups.Version.TWO);
        var group = groups.create("build-dep_1", 300 << 20, 4096).orElseThrow();

        Path place = folder.resolve("escale/build-dep_1");
        assertThat(place.resolve("memory.max")).hasContent("314572800");
        assertThat(place.resolve("memory.swap.max")).hasContent("0");
        assertThat(place.resolve("memory.oom.group")).hasContent("1");
        assertThat(place.resolve("pids.max")).hasContent("4096");
        assertThat(folder.resolve("escale/cgroup.subtree_control")).hasContent("+pids");
        assertThat(group.ranOutOfMemory()).isFalse();
    }

    @Test
    void seesThatTheKernelEndedAProcess() throws Exception {
        kernel("memory");
        var group = new ControlGroups(folder).create("build-dep_1", 1 << 20, 10).orElseThrow();
        Path events = folder.resolve("escale/build-dep_1/memory.events");
        String others = "low 0\nhigh 0\nmax 17\noom 1\n";

        Files.writeString(events, others + "oom_kill 0\noom_group_kill 0\n");
        assertThat(group.ranOutOfMemory()).isFalse();
        Files.writeString(events, others + "oom_kill 3\noom_group_kill 1\n");
        assertThat(group.ranOutOfMemory()).isTrue();
    }

    @Test
    void holdsAndEndsProcessesInTheRealHierarchy() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "mount needs root");
        String script = "mount -t cgroup2 none \"$1\" && shift && exec \"$@\"";

        HostResult result =
                new HostShell()
                        .run(
                                HostCommand.of(
                                                "unshare",
                                                "--mount",
                                                "sh",
                                                "-c",
                                                script,
                                                "sh",
                                                folder.toString(),
                                                ProcessHandle.current().info().command().get(),
                                                "-cp",
                                                System.getProperty("java.class.path"),
                                                Hierarchy.class.getName(),
                                                folder.toString())
                                        .within(Duration.ofSeconds(60)));

        assertThat(result.succeeded()).as(result.err()).isTrue();
        assertThat(result.out().lines())
                .containsExactly("inside: true", "killed: true", "removed: true", "honest: true");
    }

    private void kernel(String controllers) throws IOException {
        Files.writeString(folder.resolve("cgroup.controllers"), controllers);
        Files.writeString(folder.resolve("cgroup.procs"), "");
    }

    /** In a mount namespace of its own, with the unified hierarchy at the folder that is named. */
    static final class Hierarchy {
        private Hierarchy() {}

        public static void main(String[] arguments) throws Exception {
            Path root = Path.of(arguments[0]);
            Path place =
                    Files.createDirectory(
                            root.resolve("escale-test-" + ProcessHandle.current().pid()));
            var group = new ControlGroup(List.of(place), ControlGroups.Version.TWO, 1 << 20);
            String program = "cat /proc/self/cgroup; setsid sleep 613 >/dev/null 2>&1 &";

            HostResult result =
                    new HostShell().run(HostCommand.of("sh", "-c", program).under(group));

            System.out.println("inside: " + result.out().contains(place.getFileName().toString()));
            System.out.println("killed: " + group.processes().isEmpty());
            group.close();
            System.out.println("removed: " + !Files.exists(place));
            honest(root);
        }

        /** There are limits exactly where the kernel has them, and nothing is left elsewhere. */
        private static void honest(Path root) throws IOException {
            boolean memory =
                    Files.readString(root.resolve("cgroup.controllers")).contains("memory");
            var groups = new ControlGroups(root);
            var made = groups.create("test-" + ProcessHandle.current().pid(), 1 << 26, 10);
            made.ifPresent(ControlGroup::close);
            System.out.println("honest: " + (made.isPresent() == memory));
        }
    }
}
