package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.pm2.Pm2Package;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecoveryTest {
    @TempDir private Path folder;
    private TestHost host;
    private Told told;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
        told = new Told(host::heard);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void bringsAllBackAfterPm2WasKilled() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        Keeper keeper = recover();
        Pm2Package.end(folder.resolve("pm2"));
        assertThat(host.ask("/").status()).isEqualTo(502);

        long began = System.nanoTime();
        keeper.look();

        System.out.println("back after ms: " + (System.nanoTime() - began) / 1_000_000);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void foldersThatNoAgentWroteKeepNoAppAway() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        Files.createDirectories(folder.resolve("apps/lost+found"));
        Files.writeString(
                Files.createDirectories(folder.resolve("apps/app_broken")).resolve("app.json"),
                "{\"spec\": ");
        host.host.sites().stop();
        Pm2Package.end(folder.resolve("pm2"));

        recover();

        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(host.deploy(TestHost.GOOD).verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void bringsAllBackAfterAReboot() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.host.sites().stop();
        Pm2Package.end(folder.resolve("pm2"));

        recover();

        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        assertThat(told.resumed).isEmpty();
    }

    @Test
    void takesBackADeploymentThatHadNotSwitchedWhenTheAgentDied() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.builder.healthTimeout = java.time.Duration.ofSeconds(60);
        Heard heard = host.heard();
        var order = host.order(Map.of("server.js", "setInterval(() => {}, 1000)"));
        Thread agent = Thread.ofVirtual().start(() -> host.deployments.deploy(order, heard));
        while (host.host.pm2().list().size() < 2) {
            Thread.onSpinWait();
        }

        agent.interrupt();
        agent.join();
        assertThat(heard.end).isNull();
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
        recover();

        assertThat(told.resumed)
                .singleElement()
                .satisfies(
                        end -> {
                            assertThat(end.verdict().ending()).isEqualTo(Ending.FAILED);
                            assertThat(end.reason()).isEqualTo(Notes.AGENT_RESTARTED);
                            assertThat(end.verdict().serving()).isEqualTo(1);
                        });
        assertThat(host.host.pm2().list()).hasSize(1);
        assertThat(folder.resolve("apps/app_test/releases/2")).doesNotExist();
    }

    @Test
    void finishesADeploymentThatHadSwitchedWhenTheAgentDied() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.watching(Duration.ofMinutes(1));
        Heard heard = host.heard();
        var order = host.order(Map.of("server.js", TestHost.GOOD), new EnvValue("two", false));
        Thread agent = Thread.ofVirtual().start(() -> host.deployments.deploy(order, heard));
        heard.awaitSwitch();

        agent.interrupt();
        agent.join();
        recover();

        assertThat(told.resumed)
                .singleElement()
                .satisfies(end -> assertThat(end.verdict().ending()).isEqualTo(Ending.LIVE));
        assertThat(host.ask("/").headers()).containsEntry("x-version", "two");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void finishesADeploymentThatHadSwitchedWhenTheHostWentDown() throws Exception {
        switchAndKillTheAgent(TestHost.GOOD, TestHost.GOOD);
        host.host.sites().stop();
        Pm2Package.end(folder.resolve("pm2"));

        recover();

        assertThat(resumed().ending()).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "two");
    }

    @Test
    void givesASwitchedReleaseItsTimeToBecomeWell() throws Exception {
        Path flag = folder.resolve("starting");
        String starting =
                """
                const fs = require('fs');
                let left = 5;
                require('http').createServer((q, r) => {
                  if (fs.existsSync('%s') && left-- > 0) r.statusCode = 500;
                  r.setHeader('X-Version', process.env.VERSION);
                  r.end();
                }).listen(process.env.PORT, process.env.HOST);
                """
                        .formatted(flag);
        switchAndKillTheAgent(TestHost.GOOD, starting);
        Files.writeString(flag, "");

        recover();

        assertThat(resumed().ending()).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "two");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void anOldReleaseThatIsSlowToComeBackIsNotTakenForAStray() throws Exception {
        Path flag = folder.resolve("slow");
        host.builder.healthTimeout = Duration.ofSeconds(40);
        String slow =
                "setTimeout(() => {%s}, require('fs').existsSync('%s') ? 12000 : 0)"
                        .formatted(TestHost.GOOD, flag);
        String dying =
                "if (require('fs').existsSync('%s')) process.exit(1);%s"
                        .formatted(flag, TestHost.GOOD);
        switchAndKillTheAgent(slow, dying);
        host.host.sites().stop();
        Pm2Package.end(folder.resolve("pm2"));
        Files.writeString(flag, "");

        recover();

        assertThat(resumed().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    private void switchAndKillTheAgent(String one, String two) throws Exception {
        host.deploy(one, new EnvValue("one", false));
        Heard heard = host.heard();
        var order = host.order(Map.of("server.js", two), new EnvValue("two", false));
        Thread agent = Thread.ofVirtual().start(() -> host.deployments.deploy(order, heard));
        heard.awaitSwitch();
        agent.interrupt();
        agent.join();
        assertThat(heard.end).isNull();
    }

    private Heard.End resumed() throws InterruptedException {
        Heard heard = told.resumed.getFirst();
        heard.awaitEnd();
        return heard.verdict();
    }

    @Test
    void certificateNearItsEndIsReplacedWhileTheAppServes() throws Exception {
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        Keeper keeper = recover();
        var first = host.shown();

        host.later = Duration.ofDays(59);
        keeper.look();
        assertThat(host.shown()).isEqualTo(first);

        host.later = Duration.ofDays(61);
        keeper.look();

        // Nginx' old workers may answer a moment longer, also after a new one did
        var now = host.shown();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (now.equals(first) && System.nanoTime() < end) {
            now = host.shown();
        }
        assertThat(now.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(now.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void tellsWhenAnAppDiesLaterAndWhenItServesAgain() throws Exception {
        String mortal =
                """
                require('http').createServer((q, r) => {
                  if (q.url === '/die') process.exit(3);
                  r.end();
                }).listen(process.env.PORT, process.env.HOST);
                """;
        host.deploy(mortal);
        Keeper keeper = recover();
        keeper.look();
        assertThat(told.changes).containsExactly("SERVING");

        host.ask("/die");
        awaitRestarts(1);
        keeper.look();
        assertThat(told.last()).isEqualTo("SERVING app.restarted{restarts=1}");

        Path script = folder.resolve("apps/app_test/releases/1/server.js");
        Files.writeString(script, "process.exit(4)");
        host.ask("/die");
        awaitRestarts(3);
        lookUntil(keeper, "DOWN app.down{code=4}");

        Files.writeString(script, mortal);
        lookUntil(keeper, "SERVING app.restarted");
        host.deployments.control(TestHost.APP, AppAction.STOP);
        assertThat(told.last()).isEqualTo("STOPPED");
        host.deployments.control(TestHost.APP, AppAction.START);
        assertThat(told.last()).isEqualTo("SERVING");
    }

    private void awaitRestarts(int count) throws Exception {
        while (host.host.pm2().list().getFirst().restarts() < count
                || count == 1 && !host.host.pm2().list().getFirst().online()) {
            Thread.onSpinWait();
        }
    }

    private void lookUntil(Keeper keeper, String expected) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!told.last().startsWith(expected)) {
            keeper.look();
            assertThat(System.nanoTime()).as("%s", told.changes).isLessThan(deadline);
        }
    }

    @Test
    void runsAppsUnderUsersOfTheirOwn() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "users need root");
        Path open = Files.createTempDirectory("escale-users");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
        var users = new SystemUsers(new HostShell());
        try (var rooted = new TestHost(open, users)) {
            Files.createDirectories(open.resolve("apps/app_other"));
            Files.writeString(open.resolve("apps/app_other/secret"), "x");
            String script =
                    """
                    const fs = require('fs');
                    const may = p => { try { fs.readdirSync(p); return 'yes' } catch (e) { return e.code } };
                    require('http').createServer((q, r) => {
                      r.setHeader('X-User', process.getuid() + ' ' + process.getgid() + ' ' + process.getgroups());
                      r.setHeader('X-May', [may('%s/pm2'), may('%s/apps'), may('%s/certificates'), may('.')].join(' '));
                      r.end();
                    }).listen(process.env.PORT, process.env.HOST);
                    """
                            .formatted(open, open, open);

            Heard heard = rooted.deploy(script);

            assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
            var account = users.account(users.runtime(TestHost.APP).orElseThrow()).orElseThrow();
            var headers = rooted.ask("/").headers();
            assertThat(headers.get("x-user")).startsWith(account.uid() + " " + account.gid());
            assertThat(headers).containsEntry("x-may", "EACCES EACCES EACCES yes");
            assertThat(rooted.deployments.remove(TestHost.APP))
                    .isEqualTo(new dev.escale.protocol.Outcome.Done());
            assertThat(users.of(TestHost.APP)).isEmpty();
        } finally {
            new HostShell().run(HostCommand.of("rm", "-rf", "--", open.toString()));
        }
    }

    private Keeper recover() {
        host.restartAgent();
        return host.deployments.keeper(told);
    }
}
