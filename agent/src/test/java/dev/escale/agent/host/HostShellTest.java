package dev.escale.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostShellTest {
    private final HostShell shell = new HostShell();
    @TempDir private Path folder;

    @Test
    void passesNothingOfItsOwnEnvironmentOn() throws Exception {
        HostResult result = shell.run(HostCommand.of("env").with(Map.of("ONLY", "this")));

        assertThat(result.out().lines().map(line -> line.split("=")[0]))
                .containsExactlyInAnyOrder("PATH", "LANG", "ONLY");
    }

    @Test
    void whatAnAppSetsReachesNoProgramThatStillRunsAsRoot() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "users need root");
        Path mark = folder.resolve("who");
        for (String name : List.of("setpriv", "setsid", "nice", "env")) {
            Path evil = folder.resolve(name);
            Files.writeString(
                    evil, "#!/bin/sh\nid -un >> " + mark + "\nexec /usr/bin/" + name + " \"$@\"\n");
            Files.setPosixFilePermissions(
                    evil, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        HostResult result =
                shell.run(
                        HostCommand.of("id", "-un")
                                .as(new HostUser("daemon"))
                                .niced(5)
                                .with(
                                        Map.of(
                                                "PATH", folder + ":/usr/bin:/bin",
                                                "LD_PRELOAD", "/nonexistent/evil.so",
                                                "GREETING", "ahoy")));

        assertThat(result.out()).isEqualTo("daemon\n");
        assertThat(mark).doesNotExist();
        // the loader complains once, for the program itself
        assertThat(result.err().lines().filter(line -> line.contains("evil.so"))).hasSize(1);
    }

    @Test
    void takesArgumentsAsTheyAre() throws Exception {
        HostResult result =
                shell.run(HostCommand.of("printf", "%s|", "a b", "$(id)", "; rm", "\n", "'"));

        assertThat(result).isEqualTo(new HostResult.Finished(0, "a b|$(id)|; rm|\n|'|", ""));
    }

    @Test
    void killsTheWholeTreeWhenTimeIsUp() throws Exception {
        Path pids = folder.resolve("pids");
        var script =
                "sleep 1000 & echo $! >> "
                        + pids
                        + "; setsid sleep 1000 & echo $! >> "
                        + pids
                        + "; wait";

        HostResult result =
                shell.run(HostCommand.of("sh", "-c", script).within(Duration.ofMillis(500)));

        assertThat(result).isInstanceOf(HostResult.TimedOut.class);
        assertThat(Files.readAllLines(pids)).hasSize(2).allMatch(HostShellTest::gone);
    }

    @Test
    void killsWhatAProgramLeavesInTheBackground() throws Exception {
        HostResult result =
                shell.run(HostCommand.of("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!"));

        assertThat(gone(result.out().strip())).isTrue();
    }

    @Test
    void killsTheTreeWhenItIsInterrupted() throws Exception {
        Path pid = folder.resolve("pid");
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        shell.run(
                                                HostCommand.of(
                                                        "sh",
                                                        "-c",
                                                        "echo $$ > " + pid + "; exec sleep 1000"));
                                    } catch (InterruptedException expected) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        while (!Files.exists(pid) || Files.size(pid) == 0) {
            Thread.onSpinWait();
        }

        caller.interrupt();
        caller.join();

        assertThat(gone(Files.readString(pid).strip())).isTrue();
    }

    @Test
    void keepsOutputWithinItsBoundAndTellsEachLine() throws Exception {
        List<String> lines = new ArrayList<>();

        HostResult result = shell.run(HostCommand.of("seq", "100000").keeping(10), lines::add);

        assertThat(result.out()).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(lines).hasSize(100_000).endsWith("99999", "100000");
    }

    @Test
    void saysThatThereIsNoSuchProgram() throws Exception {
        assertThat(shell.run(HostCommand.of("/nonexistent/program")).succeeded()).isFalse();
    }

    @Test
    void endsABuildThatFillsItsMemory() throws Exception {
        var groups = new ControlGroups();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                groups.version() != ControlGroups.Version.NONE, "no memory control group here");
        try (var group =
                groups.create("test-" + ProcessHandle.current().pid(), 64 << 20, 100)
                        .orElseThrow()) {
            HostResult result =
                    shell.run(
                            HostCommand.of(
                                            "node",
                                            "-e",
                                            "const a=[];for(;;)a.push(Buffer.alloc(1<<20,1))")
                                    .under(group));

            assertThat(result).isInstanceOf(HostResult.OutOfMemory.class);
        }
    }

    @Test
    void aProgramIsBornInItsGroupsAndTakesItsPlaceAmongTheVictims() throws Exception {
        var groups = new ControlGroups();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                groups.version() != ControlGroups.Version.NONE, "no memory control group here");
        String name = "test-born-" + ProcessHandle.current().pid();
        try (var group = groups.create(name, 64 << 20, 100).orElseThrow()) {
            HostResult result =
                    shell.run(
                            HostCommand.of(
                                            "sh",
                                            "-c",
                                            "cat /proc/self/cgroup /proc/self/oom_score_adj; echo"
                                                    + " 100 2>&1 >/proc/self/oom_score_adj || :")
                                    .as(new HostUser("daemon"))
                                    .scored(500)
                                    .under(group));

            assertThat(result.out()).contains("/escale/" + name);
            assertThat(result.out().lines()).contains("500");
        }
    }

    @Test
    void aGroupThatAKilledAgentLeftIsRemovedWithWhatRunsInIt() throws Exception {
        var groups = new ControlGroups();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                groups.version() != ControlGroups.Version.NONE, "no memory control group here");
        String name = "build-Dep_Left" + ProcessHandle.current().pid();
        List<Path> places = groups.create(name, 64 << 20, 100).orElseThrow().folders();
        Process stray = new ProcessBuilder("sleep", "614").start();
        for (Path place : places) {
            Files.writeString(place.resolve("cgroup.procs"), Long.toString(stray.pid()));
        }

        groups.remove(name);
        groups.remove("build-that-never-was");

        assertThat(stray.waitFor()).isEqualTo(137);
        assertThat(places).allMatch(Files::notExists);
    }

    @Test
    void whatIsNoBuildHasEverybodysScoreWhateverTheAgentsIs() throws Exception {
        Path own = Path.of("/proc/self/oom_score_adj");
        String before = Files.readString(own);
        Files.writeString(own, "300"); // the agent's is negative, which not every test host allows
        try {
            assertThat(shell.run(HostCommand.of("cat", own.toString())).out()).isEqualTo("0\n");
        } finally {
            Files.writeString(own, before);
        }
    }

    /** A zombie that nobody reaps yet counts as gone. */
    private static boolean gone(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (java.io.IOException none) {
            return true;
        }
    }
}
