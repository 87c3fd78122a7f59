package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Repository;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.Build;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code ./escale demo}, through the launcher: it does the main job, and leaves the machine as it
 * was. It runs from a copy of the launcher that sees what was built, because the real one would
 * build what the tests run from.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoStory {
    private static final Pattern LIVE =
            Pattern.compile("(?m)^LIVE (https://hello\\.localhost:\\d+) \\(\\d+\\.\\d s\\)$");
    private static final Duration START = Duration.ofSeconds(90);

    private final Workplace workplace = Workplace.fresh();
    private Path launcher;
    private String before;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        Build.controlFolder();
        Path root = Repository.root();
        Path checkout = workplace.folder("checkout");
        for (String part :
                List.of(
                        "agent",
                        "cli",
                        "control",
                        "examples",
                        "packaging",
                        "pom.xml",
                        "protocol")) {
            Files.createSymbolicLink(checkout.resolve(part), root.resolve(part));
        }
        launcher = Files.copy(root.resolve("escale"), checkout.resolve("escale"));
        Files.createFile(workplace.folder("checkout/target").resolve("built"));
        before = traces();
    }

    @AfterEach
    void end() {
        workplace.close();
    }

    @Test
    void pushesFetchesAndLeavesNothing() {
        Program.Ended ended = demo("--once").attempt();

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).containsPattern(LIVE);
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void staysUntilCtrlCEvenWithItsPortTaken() throws IOException {
        try (ServerSocket _ = take(8420);
                Running demo =
                        Program.of("setsid", launcher.toString(), "demo")
                                .with(home())
                                .start(workplace.folder().resolve("demo.log"))) {
            String printed =
                    Wait.until(
                            "the invitation",
                            START,
                            () -> demo.output().contains("Ctrl-C") ? demo.output() : null);
            assertThat(printed).contains("Port 8420 is taken, so port");
            String root = found(Pattern.compile("once they know (\\S+)"), printed);
            assertThat(curl(root, found(LIVE, printed))).contains("200");
            assertThat(curl(root, found(Pattern.compile("Dashboard: (\\S+)"), printed)))
                    .contains("/login");
            String signIn = found(Pattern.compile("Sign in once.*: (\\S+)"), printed);
            assertThat(curl(root, signIn)).startsWith("200");

            Program.Ended second = demo().attempt();
            assertThat(second.exit()).isNotZero();
            assertThat(second.output()).contains("A demo runs in").contains("ESCALE_DEMO_HOME");

            Program.of("kill", "-INT", "--", "-" + demo.pid()).run();
            Wait.until("the demo to end", Duration.ofSeconds(30), () -> !demo.alive());
            assertThat(demo.output()).contains("Everything is stopped.");
        }
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void emptiesNoFolderThatIsNotItsOwn() throws IOException {
        Path precious = Files.writeString(workplace.folder("home").resolve("thesis.txt"), "mine");

        Program.Ended ended = demo("--once").attempt();

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.output()).contains("would be emptied");
        assertThat(precious).hasContent("mine");
    }

    private Program demo(String... more) {
        var arguments = new ArrayList<>(List.of(launcher.toString(), "demo"));
        arguments.addAll(List.of(more));
        return Program.of(arguments).with(home());
    }

    private Map<String, String> home() {
        return Map.of(
                "ESCALE_DEMO_HOME",
                workplace.folder().resolve("home").toString(),
                "LC_ALL",
                "C.UTF-8");
    }

    /** Status, and where it leads. */
    private static String curl(String root, String url) {
        return Program.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--cacert",
                        root,
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{http_code} %{redirect_url}",
                        url)
                .run();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    /** Taken by us, unless somebody else has it. */
    private static ServerSocket take(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (java.net.BindException taken) {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }

    /** What a demo might leave: users, tables of a firewall, processes. */
    private String traces() {
        return Program.of(
                        "sh",
                        "-c",
                        """
                        cut -d: -f1 /etc/passwd /etc/group | sort
                        nft list tables 2>/dev/null || true
                        pgrep -af "$1/home" | grep -v 'pgrep\\|sh -c' || true
                        ls -A "$HOME" /tmp /etc /opt | grep -v '^escale-program' || true
                        """,
                        "sh",
                        workplace.folder().toString())
                .run();
    }
}
