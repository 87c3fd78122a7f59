package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BlueGreenTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir private Path folder;
    private TestHost host;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void servesANewReleaseAndRollsBackInUnderASecond() throws Exception {
        Heard first = host.deploy(TestHost.GOOD, new EnvValue("one", false));

        assertThat(first.verdict().ending()).as("%s", first.end).isEqualTo(Ending.LIVE);
        assertThat(first.course)
                .containsExactly(
                        "CERTIFICATE DONE",
                        "START DONE",
                        "HEALTH DONE",
                        "SWITCH DONE",
                        "WATCH DONE");
        assertThat(host.ask("/").headers())
                .containsEntry("x-version", "one")
                .containsEntry("x-escale-release", "1");

        Heard second = host.deploy(TestHost.GOOD, new EnvValue("two", false));
        assertThat(second.course).endsWith("WATCH DONE", "DRAIN DONE");
        assertThat(host.ask("/").headers()).containsEntry("x-version", "two");
        assertThat(host.host.pm2().list()).hasSize(1);

        var back = CompletableFuture.supplyAsync(() -> host.serve(1, new EnvValue("one", false)));
        Heard rollback = back.get();
        System.out.println(
                "rollback switched after ms: "
                        + rollback.switchedAfterMillis
                        + " "
                        + rollback.took);
        System.out.println("deploy steps: " + second.took);
        assertThat(rollback.switchedAfterMillis).isLessThan(1000);
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "1");
        assertThat(Files.readSymbolicLink(folder.resolve("apps/app_test/current")))
                .isEqualTo(Path.of("releases/1"));
    }

    @Test
    void keepsOldReleaseServingWhenNewOneDiesAtOnce() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));

        Heard heard =
                host.deploy(
                        "console.error('no database with ' + process.env.SECRET); process.exit(7)");

        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.reason()).isEqualTo(Notes.APP_DIED);
        assertThat(heard.verdict().reason())
                .satisfies(note -> assertThat(note.facts()).containsEntry("code", "7"));
        assertThat(heard.verdict().evidence())
                .anySatisfy(line -> assertThat(line.text()).isEqualTo("no database with •••"));
        assertThat(heard.verdict().serving()).isEqualTo(1);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(host.host.pm2().list()).hasSize(1);
        assertThat(folder.resolve("apps/app_test/releases/2")).doesNotExist();
    }

    @Test
    void takesBackAReleaseThatDiesAfterTheSwitch() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.watching(LONG);

        Heard heard =
                host.deploy(
                        TestHost.GOOD
                                + "setTimeout(() => { console.log('bye'); process.exit(9) },"
                                + " 2000);");

        assertThat(heard.course).endsWith("SWITCH DONE", "WATCH FAILED", "TAKE_BACK DONE");
        assertThat(heard.verdict().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(heard.reason()).isEqualTo(Notes.WATCH_DIED);
        assertThat(heard.verdict().evidence())
                .anySatisfy(line -> assertThat(line.text()).isEqualTo("bye"));
        assertThat(host.ask("/").headers())
                .containsEntry("x-escale-release", "1")
                .containsEntry("x-version", "one");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void takesBackThoughItsStateCannotBeWritten() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.watching(LONG);
        Heard heard =
                host.deployInBackground(TestHost.GOOD + "setTimeout(() => process.exit(9), 1500);");
        heard.awaitSwitch();

        Path inTheWay = folder.resolve("apps/app_test/.app.json.new/full");
        Files.createDirectories(inTheWay);
        heard.awaitEnd();

        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.verdict().serving()).isEqualTo(1);
        assertThat(host.ask("/").headers())
                .containsEntry("x-escale-release", "1")
                .containsEntry("x-version", "one");
    }

    @Test
    void isLiveThoughTheOneBeforeCannotBePutAway() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        Heard heard = host.deployInBackground(TestHost.GOOD);
        heard.awaitSwitch();

        Files.writeString(folder.resolve("apps/app_test/live/2-b"), "in the way");
        heard.awaitEnd();

        assertThat(heard.course).endsWith("WATCH DONE", "DRAIN FAILED");
        assertThat(heard.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(heard.verdict().serving()).isEqualTo(2);
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "2");

        Files.delete(folder.resolve("apps/app_test/live/2-b"));
        host.deploy(TestHost.GOOD, new EnvValue("three", false));
        assertThat(host.ask("/").headers()).containsEntry("x-version", "three");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void believesNobodyElseOnItsPort() throws Exception {
        String other =
                "require('http').createServer((q, r) => r.end()).listen(process.env.PORT);"
                        + "setTimeout(() => process.exit(), 8000)";
        Heard heard =
                host.deploy(
                        Map.of(
                                "server.js",
                                "require('child_process').execSync('setsid node other.js"
                                        + " >/dev/null 2>&1 &');setInterval(() => {}, 1000)",
                                "other.js",
                                other));

        assertThat(heard.reason()).isEqualTo(Notes.HEALTH_NEVER_LISTENED);
        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
    }

    @Test
    void takesAFixedPortBackFromAReleaseThatFailsItsChecks() throws Exception {
        int port = freePort();
        String script = TestHost.GOOD.replace("process.env.PORT", "" + port);
        host.deploy(script, new EnvValue("one", false));
        host.watching(LONG);

        Heard heard =
                host.deploy(
                        script.replace(
                                "r.end('hello')",
                                "r.statusCode = process.uptime() > 2 ? 500 : 200; r.end()"));

        assertThat(heard.reason()).isEqualTo(Notes.WATCH_UNHEALTHY);
        assertThat(heard.verdict().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(host.ask("/").headers())
                .containsEntry("x-version", "one")
                .containsEntry("x-escale-release", "1");
    }

    @Test
    void takesBackAReleaseThatFailsItsChecks() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.watching(LONG);

        Heard heard =
                host.deploy(
                        "const"
                            + " t=Date.now();require('http').createServer((q,r)=>{r.statusCode=Date.now()-t>1500?500:200;r.end()}).listen(process.env.PORT)");

        assertThat(heard.reason()).isEqualTo(Notes.WATCH_UNHEALTHY);
        assertThat(heard.verdict().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void saysThatItNeverListened() throws Exception {
        Heard heard = host.deploy("setInterval(() => {}, 1000)");

        assertThat(heard.reason()).isEqualTo(Notes.HEALTH_NEVER_LISTENED);
        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.verdict().serving()).isNull();
        assertThat(host.host.pm2().list()).isEmpty();
    }

    @Test
    void switchesAnAppWithAFixedPortByStopAndStart() throws Exception {
        int port = freePort();
        String script = TestHost.GOOD.replace("process.env.PORT", "" + port);

        Heard first = host.deploy(script, new EnvValue("one", false));
        Heard second = host.deploy(script, new EnvValue("two", false));
        Heard third = host.deploy("process.exit(1)");

        assertThat(first.verdict().ending()).as("%s", first.end).isEqualTo(Ending.LIVE);
        assertThat(first.notes).contains(Notes.PORT_IGNORED);
        assertThat(second.verdict().ending()).as("%s", second.end).isEqualTo(Ending.LIVE);
        assertThat(second.notes).contains(Notes.SWITCH_STOP_START);
        assertThat(third.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(third.verdict().serving()).isEqualTo(2);
        assertThat(host.ask("/").headers())
                .containsEntry("x-version", "two")
                .containsEntry("x-escale-release", "2");
    }

    @Test
    void losesNoRequestWhileReleasesComeAndGo() throws Exception {
        host.deploy(TestHost.GOOD);
        var load = CompletableFuture.supplyAsync(() -> wrk(host.url()));

        for (int i = 0; i < 3; i++) {
            Heard heard = host.deploy(TestHost.GOOD);
            assertThat(heard.verdict().ending()).isEqualTo(Ending.LIVE);
        }
        assertThat(host.deploy("process.exit(1)").verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(host.serve(3).verdict().ending()).isEqualTo(Ending.LIVE);

        String result = load.join();
        System.out.println(result);
        assertThat(result).contains("Requests/sec").doesNotContain("Socket errors", "Non-2xx");
    }

    @Test
    void answersWhileFilesBecomeAProcessAndAProcessBecomesFiles() throws Exception {
        var files = Map.of("index.html", "plain");
        host.deploy(files);
        var load = CompletableFuture.supplyAsync(() -> wrk(host.url()));

        for (int i = 0; i < 2; i++) {
            assertThat(host.deploy(TestHost.GOOD).verdict().ending()).isEqualTo(Ending.LIVE);
            assertThat(host.deploy(files).verdict().ending()).isEqualTo(Ending.LIVE);
        }

        String result = load.join();
        System.out.println(result);
        assertThat(result).contains("Requests/sec").doesNotContain("Non-2xx");
    }

    @Test
    void takesAProcessBackToTheFilesBeforeIt() throws Exception {
        host.deploy(Map.of("index.html", "plain"));
        host.watching(LONG);

        Heard heard = host.deploy(TestHost.GOOD + "setTimeout(() => process.exit(9), 1500);");

        assertThat(heard.verdict().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(heard.verdict().serving()).isEqualTo(1);
        assertThat(host.ask("/").status()).isEqualTo(200);
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "1");
    }

    @Test
    void waitsForRequestsOfTheOldReleaseAndSaysWhenItDoesNot() throws Exception {
        String slow =
                """
                require('http').createServer((q, r) => setTimeout(
                  () => r.end('late'), q.url === '/late' ? 8000 : q.url === '/never' ? 90000 : 0)
                ).listen(process.env.PORT, process.env.HOST);
                """;
        host.deploy(slow);
        var late = CompletableFuture.supplyAsync(() -> status("/late"));
        host.deploy(slow);

        assertThat(late.get()).isEqualTo(200);

        var never = CompletableFuture.supplyAsync(() -> status("/never"));
        var third = host.deployInBackground(slow);
        third.awaitSwitch();
        while (!third.course.contains("WATCH DONE")) {
            Thread.onSpinWait();
        }
        host.deployments.hurry(TestHost.APP);
        third.awaitEnd();

        assertThat(third.notes).contains(Notes.DRAIN_CUT);
        assertThat(third.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(never.get()).isEqualTo(502);
    }

    private int status(String path) {
        try {
            return Integer.parseInt(
                    new HostShell()
                            .run(
                                    HostCommand.of(
                                                    "curl",
                                                    "--silent",
                                                    "--cacert",
                                                    folder.resolve("ca/ca.pem").toString(),
                                                    "--output",
                                                    "/dev/null",
                                                    "--write-out",
                                                    "%{http_code}",
                                                    host.url() + path.substring(1))
                                            .within(Duration.ofSeconds(60)))
                            .out());
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Test
    void keepsSharedPathsAndOnlySoManyReleases() throws Exception {
        host.builder.shared = List.of("uploads");
        var files = Map.of("server.js", TestHost.GOOD, "uploads/first.txt", "seed");

        host.deploy(files);
        Files.writeString(folder.resolve("apps/app_test/shared/uploads/second.txt"), "kept");
        for (int i = 0; i < 3; i++) {
            host.deploy(files);
        }

        assertThat(folder.resolve("apps/app_test/releases/4/uploads/second.txt"))
                .hasContent("kept");
        assertThat(folder.resolve("apps/app_test/releases/1")).doesNotExist();
        assertThat(folder.resolve("apps/app_test/releases/2")).exists();

        host.builder.shared = List.of("../../../escape");
        Heard heard = host.deploy(files);
        assertThat(heard.reason()).isEqualTo(Notes.SHARED_ESCAPES);
        assertThat(folder.resolve("apps/escape")).doesNotExist();
    }

    @Test
    void failsWithItsReleaseCommand() throws Exception {
        host.builder.releaseCommand =
                List.of(
                        "node",
                        "-e",
                        "console.log('migrating ' + process.env.SECRET); process.exit(4)");

        Heard heard = host.deploy(TestHost.GOOD);

        assertThat(heard.course).contains("RELEASE_COMMAND FAILED");
        assertThat(heard.reason()).isEqualTo(Notes.RELEASE_COMMAND_FAILED);
        assertThat(heard.lines).contains("migrating •••");
    }

    @Test
    void cancelsTruly() throws Exception {
        host.builder.hangs = true;
        Heard heard = host.deployInBackground(TestHost.GOOD);
        while (!Files.exists(folder.resolve("apps/app_test/releases/1/server.js"))) {
            Thread.onSpinWait();
        }

        host.deployments.cancel("dep_1");

        assertThat(heard.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(folder.resolve("apps/app_test/releases/1")).doesNotExist();
    }

    @Test
    void stopsStartsRestartsAndRemoves() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));

        assertThat(host.deployments.control(TestHost.APP, AppAction.STOP))
                .isEqualTo(new Outcome.Done());
        assertThat(host.ask("/").status()).isEqualTo(503);
        assertThat(host.deployments.control(TestHost.APP, AppAction.START))
                .isEqualTo(new Outcome.Done());
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        long pid = host.host.pm2().list().getFirst().pid();
        assertThat(host.deployments.control(TestHost.APP, AppAction.RESTART))
                .isEqualTo(new Outcome.Done());
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(host.host.pm2().list())
                .singleElement()
                .satisfies(process -> assertThat(process.pid()).isNotEqualTo(pid));

        assertThat(host.deployments.survey(null))
                .extracting(dev.escale.protocol.Holding::kind)
                .contains("site", "releases", "process", "key", "logs");
        assertThat(host.deployments.remove(TestHost.APP)).isEqualTo(new Outcome.Done());
        assertThat(host.deployments.survey(null)).isEmpty();
        assertThat(host.host.pm2().list()).isEmpty();
        assertThat(folder.resolve("apps/app_test")).doesNotExist();
    }

    @Test
    void servesAStaticSiteAndSwitchesBackToAnApp() throws Exception {
        Heard site = host.deploy(Map.of("index.html", "<h1>hello"));
        assertThat(site.verdict().ending()).as("%s", site.end).isEqualTo(Ending.LIVE);
        assertThat(site.course).containsExactly("CERTIFICATE DONE", "SWITCH DONE");
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "1");

        host.deploy(Map.of("index.html", "<h1>again"));
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "2");

        assertThat(host.deploy(TestHost.GOOD, new EnvValue("app", false)).verdict().ending())
                .isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "app");

        assertThat(host.serve(2).verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "2");
        assertThat(host.host.pm2().list()).isEmpty();
    }

    @Test
    void findsAnAppThatListensOnTheOtherLoopbackAddress() throws Exception {
        Heard heard =
                host.deploy(
                        TestHost.GOOD.replace("process.env.HOST", "'::1'"),
                        new EnvValue("six", false));

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "six");
    }

    @Test
    void endsTheWatchForARollback() throws Exception {
        host.watching(LONG);
        Heard first = host.deployInBackground(TestHost.GOOD);
        first.awaitSwitch();
        host.deployments.hurry(TestHost.APP);
        first.awaitEnd();
        Heard second = host.deployInBackground(TestHost.GOOD);
        second.awaitSwitch();

        var back = CompletableFuture.supplyAsync(() -> host.serve(1));
        second.awaitEnd();
        long began = System.nanoTime();
        while (!"1".equals(host.ask("/").headers().get("x-escale-release"))) {
            Thread.onSpinWait();
        }

        System.out.println("rollback in the watch, ms: " + (System.nanoTime() - began) / 1_000_000);
        assertThat(second.verdict().ending()).isEqualTo(Ending.LIVE);
        host.deployments.hurry(TestHost.APP);
        assertThat(back.get().verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void refusesNonsense() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));

        for (String name : List.of("a b", "a;b.test", "x{", "../etc", "a\nb", "\"")) {
            Heard heard = host.deployAs(new AppSpec(TestHost.APP, "shop", List.of(name)));
            assertThat(heard.reason()).isEqualTo(Notes.NAME_INVALID);
            assertThat(heard.verdict().serving()).isEqualTo(1);
        }
        for (String id : List.of("../../etc", "a b", "a;b", "")) {
            Heard heard = host.deployAs(new AppSpec(id, "shop", List.of("shop.localhost")));
            assertThat(heard.reason()).isEqualTo(Notes.NAME_INVALID);
            assertThat(host.deployments.remove(id)).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(host.serve(99).reason()).isEqualTo(Notes.RELEASE_MISSING);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void cancelsWhatIsExpectedAndHasNotBegun() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        var order = host.order(Map.of("server.js", TestHost.GOOD), new EnvValue("two", false));
        host.deployments.expect(order.deployment(), TestHost.APP);
        Thread cancel =
                Thread.ofPlatform().start(() -> host.deployments.cancel(order.deployment()));
        while (cancel.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        Heard heard = host.heard();
        host.deployments.deploy(order, heard);
        cancel.join();

        assertThat(heard.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(heard.course).isEmpty();
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(host.host.pm2().list()).hasSize(1);
        assertThat(folder.resolve("apps/app_test/releases/2")).doesNotExist();
    }

    @Test
    void endsAtOnceWhenTheCertificateIsRefused() throws Exception {
        Note reason = Note.of(Notes.CERTIFICATE_NAMES_REFUSED, "names", "shop.localhost");
        var heard =
                new Heard(
                        (names, csr) ->
                                host.deployments.refuse(
                                        new Order.RefuseCertificate(TestHost.APP, names, reason)));

        host.deployments.deploy(host.order(Map.of("server.js", TestHost.GOOD)), heard);

        assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(heard.verdict().reason()).isEqualTo(reason);
        assertThat(heard.course).containsExactly("CERTIFICATE FAILED");
        assertThat(heard.took.get(Step.CERTIFICATE)).isLessThan(Duration.ofSeconds(10));
        assertThat(host.deploy(TestHost.GOOD).verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void keepsLogsWithinABound() throws Exception {
        host.deploy(TestHost.GOOD + "setInterval(() => console.log('x'.repeat(1000)), 5);");
        Path log = host.host.pm2().home().out(TestHost.APP);

        new LogBound(host.host.pm2(), 100, 1000).keep(List.of(TestHost.SPEC));

        assertThat(new GrowingText(log).parts()).hasSize(2);
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!Files.exists(log) || Files.size(log) == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static String wrk(String url) {
        try {
            return new HostShell()
                    .run(
                            HostCommand.of("wrk", "-t1", "-c16", "-d20s", url)
                                    .within(Duration.ofSeconds(60)))
                    .out();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
