package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code ./escale demo}, through the launcher: it does the main job, and leaves the machine as it
 * was.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoStory {
    private static final Pattern LIVE =
            Pattern.compile("(?m)^LIVE (https://hello\\.localhost:\\d+) \\(\\d+\\.\\d s\\)$");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Duration START = Duration.ofSeconds(150);

    private final Workplace workplace = Workplace.fresh();
    private Path launcher;
    private String before;

    @BeforeEach
    void copyTheLauncher() {
        launcher = Launcher.copyIn(workplace);
        before = places();
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
        assertNothingIsLeft();
    }

    @Test
    void staysUntilCtrlCEvenWithItsPortTaken() throws IOException {
        try (ServerSocket _ = take(8420);
                Running demo =
                        // Where the tests run in the background a Ctrl-C would be ignored.
                        Program.of(
                                        "setsid",
                                        "env",
                                        "--default-signal=INT",
                                        launcher.toString(),
                                        "demo")
                                .with(home())
                                .start(workplace.folder().resolve("demo.log"))) {
            String printed =
                    Wait.until(
                            "the invitation, or the end",
                            START,
                            () ->
                                    demo.output().contains("Ctrl-C") || !demo.alive()
                                            ? demo.output()
                                            : null);
            assertThat(printed).contains("Ctrl-C stops everything.");
            if (ROOT) {
                assertThat(tables()).contains(table());
            }
            assertThat(printed).contains("Port 8420 is taken, so port");
            String root = found(Pattern.compile("authority: import (\\S+)"), printed);
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
        assertNothingIsLeft();
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

    /** Of its users, processes and table of the firewall; and no file outside its own folder. */
    private void assertNothingIsLeft() {
        Path home = workplace.folder().resolve("home");
        String[] apps = Objects.requireNonNull(home.resolve("agent/apps").toFile().list());
        assertThat(apps).isNotEmpty();
        String users = Program.of("cut", "-d:", "-f1", "/etc/passwd", "/etc/group").run();
        for (String app : apps) {
            assertThat(users).doesNotContain(app.substring(4, 14));
        }
        assertThat(Program.of("pgrep", "-af", home.toString()).attempt().output()).isEmpty();
        assertThat(tables()).doesNotContain(table());
        assertThat(places()).isEqualTo(before);
    }

    private static String tables() {
        return ROOT ? Program.of("nft", "list", "tables").run() : "";
    }

    /** The agent's own table: named after its folder. */
    private String table() {
        String hash =
                Program.of(
                                "sh",
                                "-c",
                                "printf %s \"$1\" | sha256sum",
                                "sh",
                                workplace.folder().resolve("home/agent").toString())
                        .run();
        return "escale_" + hash.substring(0, 8);
    }

    /** Without the files that come and go while another test adds or removes a user. */
    private static String places() {
        return Program.of("sh", "-c", "ls -A \"$HOME\" /etc /opt /var/lib")
                .run()
                .lines()
                .filter(name -> !name.matches("\\.pwd\\.lock|(passwd|group|g?shadow|sub[ug]id).*"))
                .collect(Collectors.joining("\n"));
    }
}
