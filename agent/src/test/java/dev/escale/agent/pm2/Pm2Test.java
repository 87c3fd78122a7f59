package dev.escale.agent.pm2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class Pm2Test {
    private static final Duration KILL = Duration.ofSeconds(2);

    @TempDir private Path folder;
    private Pm2 pm2;

    @BeforeEach
    void start() throws Exception {
        var home = new Pm2Home(folder.resolve("pm2"), folder.resolve("launch"));
        pm2 = new Pm2(new Pm2Setup(home, Pm2Package.folder(), "node", false), new HostShell());
    }

    @AfterEach
    void end() throws IOException {
        Pm2Package.end(folder.resolve("pm2"));
    }

    @Test
    void startsAnAppWithItsOwnEnvironmentAndNothingElse() throws Exception {
        Path seen = folder.resolve("seen.json");

        var process =
                pm2.start(
                        app(
                                "require('fs').writeFileSync('%s.new',JSON.stringify([process.env,typeof process.send]));require('fs').renameSync('%s.new','%s');setInterval(()=>{},1000)"
                                        .formatted(seen, seen, seen),
                                Map.of(
                                        "PATH", System.getenv("PATH"),
                                        "uid", "0",
                                        "QUOTED", "it's $(here)\n`two` \"lines\"")));
        await(() -> Files.exists(seen));

        assertThat(process.app()).isEqualTo("app_1");
        assertThat(process.release()).isEqualTo(7);
        assertThat(Files.readString(seen))
                .contains("\"QUOTED\":\"it's $(here)\\n`two` \\\"lines\\\"\"")
                .contains("\"uid\":\"0\"")
                .contains("\"undefined\"")
                .doesNotContain("pm_id", "escale_", "unique_id", "JAVA_HOME", "namespace");
        String keys = Files.readString(seen).replaceAll(":\"(\\\\.|[^\"])*\"", "");
        assertThat(keys).isEqualTo("[{\"QUOTED\",\"uid\",\"PATH\",\"PWD\"},\"undefined\"]");
    }

    @Test
    void countsRestartsAndTellsTheExitCode() throws Exception {
        var process = pm2.start(app("process.exit(3)", Map.of("PATH", System.getenv("PATH"))));

        await(() -> find(process).restarts() > 0);

        assertThat(find(process).exitCode()).isEqualTo(3);
    }

    @Test
    void deletesTheWholeProcessTreeAndForgetsIt() throws Exception {
        Path child = folder.resolve("child");
        var process =
                pm2.start(
                        app(
                                "const c=require('child_process').spawn('sleep',['100']);require('fs').writeFileSync('%s',''+c.pid);setInterval(()=>{},1000)"
                                        .formatted(child),
                                Map.of("PATH", System.getenv("PATH"))));
        await(() -> Files.exists(child) && read(child).length() > 0);
        var tree = ProcessHandle.of(Long.parseLong(read(child))).orElseThrow();

        pm2.delete(process, KILL);

        assertThat(pm2.list()).isEmpty();
        assertThat(tree.isAlive()).isFalse();
    }

    @Test
    void savesADumpWithoutAnySecretThatResurrects() throws Exception {
        pm2.start(
                app(
                        "setInterval(()=>{},1000)",
                        Map.of("PATH", System.getenv("PATH"), "SECRET", "hunter2")));

        pm2.save();

        String dump = Files.readString(folder.resolve("pm2/dump.pm2"));
        assertThat(dump).contains("shop-7").doesNotContain("hunter2").doesNotContain("\"pm_id\"");
    }

    @Test
    void startsTheDaemonAnewAfterItWasKilled() throws Exception {
        pm2.start(app("setInterval(()=>{},1000)", Map.of("PATH", System.getenv("PATH"))));
        Pm2Package.end(folder.resolve("pm2"));

        boolean started = pm2.ensureRunning();

        assertThat(started).isTrue();
        assertThat(pm2.list()).isEmpty();
    }

    private Pm2App app(String script, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("env");
        LaunchEnvironment.write(file, environment);
        return new Pm2App(
                "shop-7",
                "app_1",
                7,
                20001,
                folder,
                List.of("node", "-e", script),
                file,
                null,
                KILL);
    }

    private Pm2Process find(Pm2Process process) {
        try {
            return pm2.find(process.id()).orElseThrow();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
