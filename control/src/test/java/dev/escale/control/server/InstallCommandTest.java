package dev.escale.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The copied command in a real shell, with the system's curl and openssl; it shows what it would
 * run.
 */
final class InstallCommandTest {
    private static final String RUN = "&& $s sh \"$d/i\"";

    private static RunningControl control;

    @BeforeAll
    static void start() {
        control = RunningControl.start(TestDatabase.Kind.SQLITE);
    }

    @AfterAll
    static void stop() {
        control.close();
    }

    @Test
    void fetchesTheInstallerTrustingTheRootAlone() throws Exception {
        Run run = run(command("one"));

        assertThat(run.output()).isEqualTo(control.get("/install.sh").body());
        assertThat(run.exit()).isZero();
    }

    @Test
    void runsNothingWhenTheFingerprintIsAnother() throws Exception {
        String fingerprint = control.bean(Authority.class).sha256();

        Run run = run(command("two").replace(fingerprint, "0".repeat(64)));

        assertThat(run.output()).contains("nothing was run");
        assertThat(run.exit()).isNotZero();
    }

    @Test
    void runsNothingWhenTheInstallerCannotBeHad() throws Exception {
        Run run = run(command("three").replace("/install.sh", "/agent/nothing.sh"));

        assertThat(run.output()).contains("404").doesNotContain("<html");
        assertThat(run.exit()).isNotZero();
    }

    private static String command(String name) {
        String command =
                control.send("POST", "/api/v1/servers", "{\"name\":\"" + name + "\"}")
                        .json()
                        .at("/installCommand")
                        .asString();
        assertThat(command).contains(RUN).doesNotContain("\n");
        return command.replace(RUN, "&& cat \"$d/i\"");
    }

    private static Run run(String command) throws Exception {
        Process process =
                new ProcessBuilder(List.of("bash", "-c", command))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private record Run(int exit, String output) {}
}
