package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.control.Build;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against a real control plane: what it prints, and with which exit code it ends. */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CommandLineStory {
    @TempDir Path home;
    private LocalStack stack;

    @BeforeEach
    void signIn(LocalStack shared) {
        stack = shared;
        Program.Ended login =
                escale("login", stack.control().url(), "--ca-sha256", stack.control().fingerprint())
                        .with("ESCALE_TOKEN", stack.control().token())
                        .attempt();

        assertThat(login.exit()).as(login.output()).isZero();
        assertThat(login.output()).startsWith("Signed in as Owner, team Home, on https://");
    }

    @Test
    void loginTellsGitWhomToTrustAndAnotherFingerprintIsRefused() throws Exception {
        assertThat(Files.readString(home.resolve(".gitconfig")))
                .contains("[http \"" + stack.control().url() + "/\"]")
                .contains("sslCAInfo = " + home.resolve(".config/escale/authority-"));

        Program.Ended stranger =
                escale("login", stack.control().url(), "--ca-sha256", "0".repeat(64))
                        .with("ESCALE_TOKEN", stack.control().token())
                        .attempt();

        assertThat(stranger.exit()).isEqualTo(1);
        assertThat(stranger.output()).contains("Nothing was sent to it");
    }

    @Test
    void theAccountIsShownAndChanged() {
        assertThat(said("account", "set", "--theme", "dark", "--dry-run")).contains("theme");
        assertThat(said("account")).contains("theme system");
        assertThat(said("account", "set", "--theme", "dark", "--time-zone", "Europe/Paris"))
                .contains("theme dark, time zone Europe/Paris");
        assertThat(said("whoami")).contains("theme dark");
        said("account", "set", "--theme", "system", "--time-zone", "browser");
        assertThat(said("account", "passkeys")).contains("LAST USED");
        assertThat(said("account", "sessions")).contains("BROWSER");
        assertThat(escale("account", "set", "--theme", "pink").attempt().exit()).isEqualTo(1);
        assertThat(escale("account", "set").attempt().exit()).isEqualTo(2);
    }

    @Test
    void listsSayWhatThereIsInBothLanguages() {
        App app = stack.app("listed");

        assertThat(said("whoami")).contains("Owner, team Home");
        assertThat(said("servers")).contains("NAME").contains("online");
        assertThat(said("servers", "show", stack.agent().server())).contains("online");
        assertThat(said("apps")).contains(app.slug());
        assertThat(said("apps", "show", app.slug())).contains(app.slug());
        assertThat(said("deployments", app.slug())).contains("No deployments yet.");
        assertThat(said("tokens")).contains("bootstrap");
        assertThat(said("audit")).contains("app.create outcome");
        assertThat(escale("deployments", app.slug()).with("LC_ALL", "fr_FR.UTF-8").run())
                .contains("Aucun");
        assertThat(Json.parse(said("apps", "--json")).list("items")).isNotEmpty();
    }

    @Test
    void anAppGoesItsWholeWayByCommands() {
        String name = "walk-" + System.nanoTime() % 100_000;
        assertThat(said("apps", "create", name, "--server", server(), "--dry-run"))
                .contains("Changes")
                .contains(name);
        assertThat(failed("apps", "show", name)).contains("There is no app " + name);
        assertThat(said("apps", "create", name, "--server", server())).contains("git push escale");
        App app = App.existing(stack.control(), name, home.resolve("repositories"));
        app.goLive("release one");
        app.awaitSettled();
        app.goLive("release two");
        app.awaitSettled();

        assertThat(said("env", name, "--set", "MOTTO=ahoy", "--dry-run")).contains("MOTTO");
        assertThat(said("env", name)).contains("No variables.");
        assertThat(said("rollback", name, "--dry-run")).contains("Release 1 serves");
        assertThat(app.fetchText()).isEqualTo("release two");
        assertThat(said("rollback", name)).contains("Live: " + app.url());
        assertThat(app.fetchText()).isEqualTo("release one");
        app.awaitSettled();
        assertThat(said("deploy", name, "--force")).contains("Live: " + app.url());
        assertThat(app.fetchText()).isEqualTo("release two");
        assertThat(said("logs", name, "--deployment", "last")).contains("git fetch");
        assertThat(said("apps", "restart", name, "--dry-run")).contains("is restarted");
        said("apps", "restart", name);

        assertThat(failed("apps", "remove", name)).contains("--yes");
        assertThat(said("apps", "remove", name, "--dry-run")).contains("Is lost");
        assertThat(said("apps", "remove", name, "--yes")).contains(name + " is removed");
        assertThat(failed("apps", "show", name)).contains("There is no app " + name);
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilItIsRevoked() {
        Json made = Json.parse(said("tokens", "create", "ci", "--json"));

        assertThat(escale("whoami").with("ESCALE_TOKEN", made.text("token")).attempt().exit())
                .isZero();
        assertThat(said("tokens")).contains(made.text("id")).doesNotContain(made.text("token"));
        assertThat(said("tokens", "revoke", made.text("id"), "--dry-run")).contains("“ci”");
        assertThat(said("tokens", "create", "short", "--expires", "30d")).contains("Valid until");
        assertThat(failed("tokens", "create", "late", "--expires", "2020-01-31"))
                .contains("must lie in the future");
        said("tokens", "revoke", made.text("id"));
        assertThat(stack.control().api(made.text("token")).send("GET", "me", null).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 'deploy'",
        "2, 'deploy shop --colour red'",
        "2, 'nonsense'",
        "2, ''",
        "1, 'deploy no-such-app'",
        "1, 'rollback no-such-app'",
        "1, 'logs no-such-app'",
        "1, 'env no-such-app'",
        "1, 'servers show no-such-server'",
        "1, 'cancel dep_nonsense'",
        "1, 'tokens revoke tok_nonsense'",
        "0, '--help'",
        "0, 'deploy --help'",
        "0, '--version'",
    })
    void exitCodesTellRefusalFromWrongUsageAndNoTraceIsPrinted(int exit, String words) {
        Program.Ended ended = escale(words.isEmpty() ? new String[0] : words.split(" ")).attempt();

        assertThat(ended.exit()).as(ended.output()).isEqualTo(exit);
        assertThat(ended.output()).isNotBlank().doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void aTypingErrorIsAnsweredWithWhatWasMeant() {
        assertThat(escale("deplyo").attempt().output())
                .contains("escale: ")
                .contains("deploy")
                .contains("escale --help")
                .hasLineCount(3);
    }

    @Test
    void aControlPlaneThatIsAwayIsSaidInOneSentence() {
        Program.Ended ended =
                escale("apps")
                        .with("ESCALE_URL", "https://localhost:1")
                        .with("ESCALE_TOKEN", "esc_x")
                        .attempt();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output().strip().lines()).hasSize(1);
        assertThat(ended.output()).contains("cannot be reached");
    }

    private String server() {
        return stack.agent().server();
    }

    private String said(String... words) {
        return escale(words).run();
    }

    private String failed(String... words) {
        Program.Ended ended = escale(words).attempt();
        assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
        return ended.output();
    }

    private Program escale(String... words) {
        var command = new ArrayList<>(Build.client());
        command.addAll(List.of(words));
        return Program.of(command)
                .withCleanEnvironment()
                .with("HOME", home.toString())
                .with("LC_ALL", "C.UTF-8")
                .in(home);
    }
}
