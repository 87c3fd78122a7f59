package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.ControlGroups;
import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of several lines, and of a deployment that does not serve yet. */
@Tag("slow")
class SecretsTest {
    private static final String KEY =
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\nBCIEIAbcdefgh\n-----END-----\n";

    @TempDir private Path folder;
    private TestHost host;

    @BeforeEach
    void open() throws Exception {
        host = new TestHost(folder);
    }

    @AfterEach
    void close() throws Exception {
        host.close();
    }

    @Test
    void aReleaseCommandThatPrintsAKeyTellsNoLineOfIt() throws Exception {
        host.builder.releaseCommand =
                List.of("node", "-e", "console.error(process.env.VERSION); process.exit(4)");

        Heard heard = host.deploy(TestHost.GOOD, new EnvValue(KEY, true));

        assertThat(heard.reason()).isEqualTo(Notes.RELEASE_COMMAND_FAILED);
        assertThat(heard.lines).contains("•••");
        assertThat(heard.lines + " " + heard.end).doesNotContain("MC4CAQ", "BCIEIA", "BEGIN");
    }

    @Test
    void anAppThatDiesOverItsKeyShowsNoLineOfIt() throws Exception {
        String script =
                """
                console.error('cannot use ' + process.env.VERSION);
                process.stderr.write(process.env.VERSION.split('\\n')[1] + '\\n');
                process.exit(1);
                """;

        Heard heard = host.deploy(script, new EnvValue(KEY, true));

        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.verdict().evidence()).anyMatch(line -> line.text().contains("cannot use"));
        assertThat(heard.end.toString()).doesNotContain("MC4CAQ", "BCIEIA", "BEGIN");
    }

    @Test
    void theLogMasksWhatADeploymentUnderWayWasGiven() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("of the old release", true));
        host.builder.hangs = true;
        Heard second = host.deployInBackground(TestHost.GOOD);
        var states = new AppStates(folder);
        while (new BuildingFile(states.folder(TestHost.APP)).read().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(new AppSecrets(folder).of(TestHost.APP))
                .containsExactlyInAnyOrder("of the old release", "hunter2");
        host.deployments.cancel("dep_2");
        second.awaitEnd();

        var given = Map.of("KEY", new EnvValue("of the new release", true));
        var candidate = new Candidate("dep_3", 3, true, given);
        AppState state = states.load(TestHost.APP).orElseThrow();
        states.save(state.with(Attempt.of(candidate, state)));
        assertThat(new AppSecrets(folder).of(TestHost.APP)).contains("of the new release");
    }

    @Test
    void whatAReleaseCommandLeavesRunningEndsWithIt() throws Exception {
        Assumptions.assumeTrue(
                new ControlGroups().version() != ControlGroups.Version.NONE, "no control groups");
        Path pid = folder.resolve("pid");
        String again =
                "const c = require('child_process').spawn('sleep', ['619'], {detached: true, stdio:"
                        + " 'ignore'}); require('fs').writeFileSync('"
                        + pid
                        + "', '' + c.pid); c.unref()";
        host.builder.releaseCommand =
                List.of(
                        "node",
                        "-e",
                        "require('child_process').spawnSync(process.execPath, ['-e',"
                                + " process.argv[1]], {detached: true})",
                        again);

        Heard heard = host.deploy(TestHost.GOOD);

        assertThat(heard.course).contains("RELEASE_COMMAND DONE");
        var left = ProcessHandle.of(Long.parseLong(Files.readString(pid)));
        assertThat(left.filter(one -> one.info().command().isPresent())).isEmpty();
    }
}
