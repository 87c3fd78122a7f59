package dev.escale.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.OutputListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps of install.sh, run by a real shell with real programs. */
@Timeout(60)
class InstallerTest {
    private static final Path SCRIPT = Path.of("..", "packaging/install.sh").toAbsolutePath();

    @TempDir private Path folder;
    private Path programs;

    @BeforeEach
    void makePlaces() throws IOException {
        programs = Files.createDirectory(folder.resolve("bin"));
    }

    @Test
    void waitsForWhoeverHasTheLocksOfAptAndSaysWhoThatIs() throws Exception {
        Path lists = Files.createDirectories(folder.resolve("state/lists"));
        Path settings =
                Files.writeString(
                        folder.resolve("apt.conf"),
                        """
                        Dir::State "%1$s/state";
                        Dir::Cache "%1$s/cache";
                        Dir::Etc::sourcelist "/dev/null";
                        Dir::Etc::sourceparts "-";
                        """
                                .formatted(folder));
        try (var channel =
                FileChannel.open(
                        lists.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            FileLock held = channel.lock();

            HostResult result =
                    run(
                            "apt update\nsay updated",
                            Map.of("APT_CONFIG", settings.toString()),
                            line -> release(line, held));

            assertThat(result.out())
                    .contains("waiting for another program to be done with apt: ")
                    .contains(", process " + ProcessHandle.current().pid())
                    .endsWith("updated\n");
        }
    }

    @Test
    void aFailureThatIsNoLockIsNotWaitedFor() throws Exception {
        HostResult result = run("apt no-such-word || say failed", Map.of(), _ -> {});

        assertThat(result.out()).isEqualTo("failed\n");
    }

    @Test
    void refusesANodeThatPm2CannotRunOnBeforeItChangesAnything() throws Exception {
        program("node", "echo v12.22.9");
        assertThat(run("check_node\nsay on", path(), _ -> {}).err())
                .contains("Node.js 12 is too old, PM2 needs 18 or newer");

        program("node", "echo v18.19.0");
        assertThat(run("check_node\nsay on", path(), _ -> {}).out()).isEqualTo("on\n");
    }

    @Test
    void refusesADistributionWhoseNodeIsTooOld() throws Exception {
        Map<String, String> alone = Map.of("PATH", programs.toString());
        Files.createSymbolicLink(programs.resolve("sed"), Path.of("/usr/bin/sed"));

        program("apt-cache", "echo '  Candidate: 12.22.9~dfsg-1ubuntu3.6'");
        assertThat(run("check_node\nsay on", alone, _ -> {}).err())
                .contains("Node.js 12 is too old, PM2 needs 18 or newer");

        program("apt-cache", "echo '  Candidate: 1:20.19.2+dfsg-1'");
        assertThat(run("check_node\nsay on", alone, _ -> {}).out()).isEqualTo("on\n");
        program("apt-cache", "echo '  Candidate: (none)'");
        assertThat(run("check_node\nsay on", alone, _ -> {}).out()).isEqualTo("on\n");
    }

    @Test
    void pm2MustAnswerBeforeTheServerJoins() throws Exception {
        Path works = Files.writeString(folder.resolve("works.js"), "process.exit(0)");
        Path fails = Files.writeString(folder.resolve("fails.js"), "import('no-such')");

        assertThat(run("work=.\ntry_pm2 " + works, Map.of(), _ -> {}).succeeded()).isTrue();
        assertThat(run("work=.\ntry_pm2 " + fails, Map.of(), _ -> {}).succeeded()).isFalse();
    }

    @Test
    void anUpdateThatWasCutOffIsFollowedByAWholeOne() throws Exception {
        agent("agent-0123456789abcdef");
        Files.createSymbolicLink(folder.resolve("agent"), Path.of("agent-0123456789abcdef"));
        Files.createSymbolicLink(folder.resolve("agent.new"), Path.of("agent-0123456789abcdef"));
        agent("new");
        String install =
                """
                architecture=amd64
                work=%1$s/work
                program=%1$s/agent
                mkdir "$work"
                fetch() {
                  tar -C %1$s -czf "$work/packed" new
                  case "$1" in
                    *.sha256) sum=$(sha256sum <"$work/packed"); echo "${sum%%%% *}  ${1#agent/}" | sed 's/.sha256$//' >"$2" ;;
                    *) cp "$work/packed" "$2" ;;
                  esac
                }
                install_program
                say "$version"
                """
                        .formatted(folder);

        HostResult result = run(install, Map.of(), _ -> {});

        assertThat(result.succeeded()).as("%s", result.err()).isTrue();
        String version = result.out().strip();
        assertThat(Files.readSymbolicLink(folder.resolve("agent")))
                .isEqualTo(Path.of("agent-" + version));
        assertThat(folder.resolve("agent/bin/escale-agent")).isExecutable();
        assertThat(folder.resolve("agent.new")).doesNotExist();
    }

    private void agent(String name) throws IOException {
        Path program = folder.resolve(name + "/bin/escale-agent");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private void program(String name, String does) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + does + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private Map<String, String> path() {
        return Map.of("PATH", programs + ":/usr/bin:/bin");
    }

    /** The script's functions, and then these steps in place of all of its own. */
    private HostResult run(String steps, Map<String, String> environment, OutputListener listener)
            throws Exception {
        String script = Files.readString(SCRIPT).replace("/opt/escale", folder.toString());
        assertThat(script).endsWith("\nmain\n");
        Path file = folder.resolve("install.sh");
        String begin = "work=" + folder + "\n";
        Files.writeString(file, script.substring(0, script.length() - 5) + begin + steps + "\n");
        var all = new HashMap<>(environment);
        all.put("TMPDIR", folder.toString());
        return new HostShell()
                .run(HostCommand.of("/bin/sh", file.toString()).in(folder).with(all), listener);
    }

    private static void release(String line, FileLock held) {
        if (line.contains("waiting")) {
            try {
                held.release();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
