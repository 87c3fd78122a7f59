package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.pm2.Pm2Package;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.Ending;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is broken in one place keeps neither the keeper nor a recovery from the others. */
@Tag("slow")
@Timeout(60)
class KeeperTest {
    private static final AppSpec OTHER =
            new AppSpec("app_other", "other", List.of("other.localhost"));

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
    void nginxIsStartedAlthoughPm2CannotBe() throws Exception {
        host.deploy(TestHost.GOOD);
        breakPm2();
        host.host.sites().stop();

        Keeper keeper = recover();

        assertThat(host.ask("/").status()).isEqualTo(502);
        host.host.sites().stop();
        keeper.look();
        assertThat(host.ask("/").status()).isEqualTo(502);
    }

    @Test
    void logsAreBoundAlthoughNginxCannotStart() throws Exception {
        host.deploy(TestHost.GOOD);
        Keeper keeper = recover();
        host.host.sites().stop();
        Files.writeString(
                host.host.sites().setup().sites().resolve("theirs.conf"),
                "server {\n  nonsense on;\n}\n");
        Path log = host.host.pm2().home().out(TestHost.APP);
        grow(log);

        keeper.look();

        assertThat(new GrowingText(log).parts()).hasSize(2);
    }

    @Test
    void appsThatAreGoneComeBackSideBySide() throws Exception {
        deployBoth(TestHost.GOOD);
        Keeper keeper = recover();
        Pm2Package.end(folder.resolve("pm2"));
        for (String app : List.of(TestHost.APP, OTHER.id())) {
            Files.writeString(
                    folder.resolve("apps/" + app + "/releases")
                            .resolve(release(app) + "/server.js"),
                    "setInterval(() => {}, 1000)");
        }

        keeper.look();

        assertThat(host.host.pm2().list())
                .extracting(Pm2Process::app)
                .containsExactlyInAnyOrder(TestHost.APP, OTHER.id());
    }

    @Test
    void aProcessThatIsNotOfTheServingReleaseDoesNotStandForIt() throws Exception {
        host.deploy(TestHost.GOOD);
        Keeper keeper = recover();
        host.builder.healthTimeout = Duration.ofSeconds(50);
        Heard building = host.deployInBackground("setInterval(() => {}, 1000)");
        while (host.host.pm2().list().size() < 2) {
            Thread.onSpinWait();
        }
        Pm2Process serving =
                host.host.pm2().list().stream()
                        .filter(process -> process.release() == 1)
                        .findFirst()
                        .orElseThrow();
        host.host.pm2().delete(serving, AppProcess.KILL_TIMEOUT);
        keeper.look();
        host.deployments.cancel("dep_2");
        building.awaitEnd();

        assertThat(building.verdict().ending()).isEqualTo(Ending.CANCELLED);
        keeper.look();

        assertThat(host.ask("/").status()).isEqualTo(200);
    }

    /** Both are given a minute and more to become well, which neither has. */
    private void deployBoth(String script) {
        host.builder.healthTimeout = Duration.ofSeconds(70);
        assertThat(host.deploy(script).verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(host.deployAs(OTHER).verdict().ending()).isEqualTo(Ending.LIVE);
    }

    private static int release(String app) {
        return app.equals(TestHost.APP) ? 1 : 2;
    }

    private void breakPm2() throws IOException {
        Path home = folder.resolve("pm2");
        Pm2Package.end(home);
        Files.move(home, folder.resolve("pm2-before"));
        Files.writeString(home, "a file in the way");
    }

    private static void grow(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LogBound.DEFAULT + 1);
        }
    }

    private Keeper recover() {
        host.restartAgent();
        return host.deployments.keeper(told);
    }
}
